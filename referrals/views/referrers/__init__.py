"""What practitioners do after they wrote: their referrals, and the concerns weighed at their organisation."""
