# goal
