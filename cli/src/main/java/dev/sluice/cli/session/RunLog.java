package dev.sluice.cli.session;

import dev.sluice.cli.output.Reporter;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a connector gets from this host; its log folds lines that repeat and ends at a limit. */
final class RunLog implements ConnectorContext {
    private static final int MOST_LINES = 10_000;

    private final String name;
    private final Reporter reporter;
    private final Clock clock;
    private final StopSignal stop;
    private final @Nullable Consumer<Config> keeper;
    private final @Nullable Path memory;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable String last;
    private long repeated;
    private int lines;

    /**
     * The context of one source or destination.
     *
     * @param name what its lines begin with
     * @param keeper keeps a configuration that the connector gives itself; null if nothing does
     * @param memory the folder for what the connector must not forget; null if there is none
     */
    RunLog(
            String name,
            Reporter reporter,
            Clock clock,
            StopSignal stop,
            @Nullable Consumer<Config> keeper,
            @Nullable Path memory) {
        this.name = name;
        this.reporter = reporter;
        this.clock = clock;
        this.stop = stop;
        this.keeper = keeper;
        this.memory = memory;
    }

    @Override
    public Optional<Path> memory() {
        return Optional.ofNullable(memory);
    }

    @Override
    public void configChanged(Config config) {
        if (keeper == null) {
            ConnectorContext.super.configChanged(config);
        } else {
            keeper.accept(config);
        }
    }

    @Override
    public void log(Level level, String message) {
        lock.lock();
        try {
            if (message.equals(last)) {
                repeated++;
                return;
            }
            endRepetition(level);
            last = message;
            if (++lines < MOST_LINES) {
                print(level, message);
            } else if (lines == MOST_LINES) {
                print(Level.WARNING, "it logs too much; further lines are not shown");
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public boolean cancelled() {
        return stop.isRequested();
    }

    private void endRepetition(Level level) {
        if (repeated > 0) {
            print(level, "the last line was repeated " + repeated + " times");
            repeated = 0;
        }
    }

    private void print(Level level, String message) {
        reporter.event(
                "log", Map.of("level", level.getName().toLowerCase(Locale.ROOT), "origin", name, "message", message));
        Style style = level.getSeverity() >= Level.WARNING.getSeverity() ? Style.WARN : Style.DIM;
        reporter.console()
                .message(importance(level), Line.of(style, name + ": ").plus(message));
    }

    private static Verbosity importance(Level level) {
        if (level.getSeverity() >= Level.WARNING.getSeverity()) {
            return Verbosity.NORMAL;
        }
        return level == Level.INFO ? Verbosity.VERBOSE : Verbosity.DEBUG;
    }
}
