package dev.sluice.server.jobs;

/**
 * How many jobs run at the same time.
 *
 * @param moving how many that move data, in one process
 * @param looking how many checks and discoveries, in one process
 * @param perWorkspace how many of a workspace, over all processes
 * @param perSource how many that read from the same source
 * @param perDestination how many that write to the same destination
 */
public record Limits(int moving, int looking, int perWorkspace, int perSource, int perDestination) {
    /** Ten and five in a process, and no other limit. */
    public static final Limits USUAL = new Limits(10, 5, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public Limits {
        if (moving < 1 || looking < 1 || perWorkspace < 1 || perSource < 1 || perDestination < 1) {
            throw new IllegalArgumentException("with a limit of 0 nothing ever runs");
        }
    }
}
