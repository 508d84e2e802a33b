"""The wait estimates, tried on a log of visits: what would each ticket have said, and was it so?"""
