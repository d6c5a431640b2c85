"""HTTP itself: connections, requests and answers, limits, problems, measures."""
