"""What every room stands on: school scope, access, audit trail, clock, jobs, the items due today."""
