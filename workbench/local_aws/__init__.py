"""AWS on a laptop: moto's server plus what moto lacks, behind one endpoint that ordinary AWS clients use unchanged."""
