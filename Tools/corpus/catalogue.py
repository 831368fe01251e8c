"""Every MDP of the corpus, in the order of its table."""

from functools import partial

from . import chains, deep_sea, equality_cases, garnets, gymnasium_tables, operations, textbook

BUILDERS = {
    "two-state-chain": chains.two_state_chain,
    "bandit": chains.bandit,
    "racing": textbook.racing,
    "recycling-robot": textbook.recycling_robot,
    "kakade-2003": equality_cases.kakade_2003,
    "coupling-family": equality_cases.coupling_hundredth,
    "coupling-family-quarter": equality_cases.coupling_quarter,
    "kakade-langford": chains.approximate_greedy_chain,
    "periodic-cycle": chains.periodic_cycle,
    "strens-chain": chains.strens_chain,
    "river-swim": chains.river_swim,
    "double-loop": chains.double_loop,
    "combination-lock": chains.combination_lock,
    "deep-sea-8": deep_sea.deep_sea,
    "forest-management": operations.forest_management,
    "inventory-control": operations.inventory_control,
    "equipment-replacement": operations.equipment_replacement,
    "nearly-decomposable": operations.nearly_decomposable,
    "gridworld-4x4": textbook.gridworld,
    "frozen-lake-4x4": partial(gymnasium_tables.frozen_lake, 4),
    "frozen-lake-8x8": partial(gymnasium_tables.frozen_lake, 8),
    "cliff-walking": gymnasium_tables.cliff_walking,
    "taxi": gymnasium_tables.taxi,
    "gamblers-problem": textbook.gamblers_problem,
    "jacks-car-rental": textbook.jacks_car_rental,
    "garnet-10-3-3": garnets.small,
    "garnet-30-4-5": garnets.medium,
    "garnet-100-4-10": garnets.large,
}
