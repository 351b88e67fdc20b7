"""When each card starts and why not sooner (METHOD 5): pure functions over values, on whole numbers.

People and effort are in tenths, weeks count from 1 at the quarter's first Monday, money is whole units of the currency.

May import `portfolio`.
"""
