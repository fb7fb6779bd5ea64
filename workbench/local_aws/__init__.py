"""AWS on a laptop: moto's server plus what moto lacks, behind one endpoint that ordinary AWS clients use unchanged.

Where to look, from the outside in:

- `server` is the endpoint's life and options, `wiring` and `services` say what is served and who needs whom.
- `front` is what every request passes: TLS, address, protocol, and errors that no service makes.
- `service` is the registry of own operations: what it does not have, moto answers.
- Services that moto lacks or only records: `cloudformation`, `codedeploy`, `cloudwatch`, `config`, `events`,
  `event_sources`, `functions`, `gateway`, `notifications`, `state_machines`.
- `corrections` and `additions` are the small differences between moto and AWS.
- `persistence` keeps the state over restarts, `resetting` empties it; `console` shows it to people.
- `background`, `direct`, `member_names` and `timestamps` are what services use: threads, clients without a network,
  AWS's spellings.
"""
