"""The job of the transfer plan: request and region in, plan with its proof out."""
