"""Planning: demand is forecast from what was taken, and orders are proposed."""
