"""HyperQueue's local cluster, one server and one worker of one core: runs a command so many times, and fails where it does.

peer.py COUNT COMMAND...
"""

import sys

from hyperqueue import Job
from hyperqueue.cluster import LocalCluster, WorkerConfig

count, command = int(sys.argv[1]), sys.argv[2:]
with LocalCluster(worker_config=WorkerConfig(cores=1)) as cluster:
    client = cluster.client()
    job = Job()
    for _ in range(count):
        job.program(command, stdout=None, stderr=None)
    client.wait_for_jobs([client.submit(job)])
