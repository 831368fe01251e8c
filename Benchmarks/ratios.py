"""How the two sides of a comparison that take turns are set against each other."""

import statistics


def compare(name, ours, theirs, rounds, limit, at_least=True):
    """Prints medians, the median of the rounds' ratios and its range, and the ratio of the minima."""
    pairs = [(ours(), theirs()) for _ in range(rounds + 1)][1:]
    ratios = [b / a if at_least else a / b for a, b in pairs]
    fastest = [min(side) for side in zip(*pairs)]
    best = fastest[1] / fastest[0] if at_least else fastest[0] / fastest[1]
    mine, other = (statistics.median(side) for side in zip(*pairs))
    ratio = statistics.median(ratios)
    met = ratio >= limit if at_least else ratio <= limit
    print(
        f"{name:58} {mine * 1e3:9.3f} ms {other * 1e3:9.3f} ms  x{ratio:6.2f} ({min(ratios):.2f} to "
        f"{max(ratios):.2f}; minima {best:.2f})  {'at least' if at_least else 'at most'} {limit}: "
        f"{'met' if met else 'MISSED'}",
        flush=True,
    )
