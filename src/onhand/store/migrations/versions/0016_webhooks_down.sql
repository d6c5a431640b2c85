-- Takes webhooks away; what the journal tells of them stays.
DROP TABLE webhook_delivery, webhook_position, webhook;
