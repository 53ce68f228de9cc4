package dev.sluice.bench.process;

/** Sums the CPU time of a server and of the processes that it has for its clients. */
public final class ServerCpu {
    private final long pid;

    /**
     * @param pid the process whose children serve clients
     */
    public ServerCpu(long pid) {
        this.pid = pid;
    }

    /** The CPU time so far, in seconds. */
    public double seconds() {
        long ticks = 0;
        for (ProcStat stat : ProcStat.all()) {
            if (stat.pid() == pid) {
                ticks += stat.own() + stat.children();
            } else if (stat.parent() == pid) {
                ticks += stat.own();
            }
        }
        return ProcStat.seconds(ticks);
    }
}
