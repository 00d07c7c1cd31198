"""Refugee resettlement: a real instance of assigning whole families to places.

Families, the places that took them in one fiscal year, and how many of each family
would be expected to work in each place, as published for Annie MOORE (Trapp et al.,
Operations Research 2021) in nhhai196/Refugee-Resettlement.
"""
