package dev.sluice.server.net;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.net.ProxySelector;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the whole process, whatever library connects in it, to what may be reached. Comes before the first connection, as
 * clients of HTTP keep whom they ask when they are made.
 */
public final class ProcessGuard implements AutoCloseable {
    private final @Nullable ProxySelector before;

    private ProcessGuard(@Nullable ProxySelector before) {
        this.before = before;
    }

    /**
     * Begins to guard.
     *
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_SERVER_SETTING}, if names of this process are looked up by
     *     somebody else
     */
    public static ProcessGuard begin(Reach reach) {
        if (!GuardedResolver.isUsed()) {
            throw Problem.of("E_SERVER_SETTING", ProblemKind.INTERNAL, "this process looks up names past its guard")
                    .because("another resolver of names is installed in this Java")
                    .fix("start the server with its own bin/sluice")
                    .exception();
        }
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new GuardedRoutes(reach, before));
        GuardedResolver.guard(reach);
        return new ProcessGuard(before);
    }

    /** Ends it; for tests, as a process has one server. */
    @Override
    public void close() {
        GuardedResolver.guard(null);
        ProxySelector.setDefault(before);
    }
}
