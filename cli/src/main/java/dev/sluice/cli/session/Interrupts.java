package dev.sluice.cli.session;

import dev.sluice.cli.output.Console;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.engine.run.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets the user end a run: the first signal asks for an end in good order, a second one or half a minute breaks it off,
 * and if even that hangs the process halts. Each of them is safe; they differ in how much is read again.
 */
public final class Interrupts implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);
    private static final int HANGUP = 129;
    private static final int INTERRUPT = 130;
    private static final int TERMINATE = 143;

    private final StopSignal stop;
    private final Console console;
    private final Signals signals;
    private final List<Runnable> restore = new ArrayList<>();
    private final AtomicInteger exitCode = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    private Interrupts(StopSignal stop, Console console, Signals signals) {
        this.stop = stop;
        this.console = console;
        this.signals = signals;
    }

    /** Watches for signals until it is closed. */
    public static Interrupts watch(StopSignal stop, Console console, Signals signals) {
        Interrupts interrupts = new Interrupts(stop, console, signals);
        interrupts.restore.add(signals.on("INT", () -> interrupts.hear(INTERRUPT)));
        interrupts.restore.add(signals.on("TERM", () -> interrupts.hear(TERMINATE)));
        interrupts.restore.add(signals.on("HUP", () -> interrupts.hear(HANGUP)));
        interrupts.restore.add(signals.on("WINCH", console.terminal()::resized));
        return interrupts;
    }

    /** The code that the first signal asks for; 0 if there was none. */
    public int exitCode() {
        return exitCode.get();
    }

    @Override
    public void close() {
        over.countDown();
        restore.forEach(Runnable::run);
    }

    private void hear(int code) {
        boolean first = exitCode.compareAndSet(0, code);
        if (first) {
            say(
                    code == INTERRUPT
                            ? "saving what is read so far, press Ctrl+C again to abort"
                            : "saving what is read so far");
            stop.request();
            Thread.ofPlatform().name("sluice patience").daemon(true).start(this::losePatience);
        } else if (stop.level() != StopSignal.Level.ABORT) {
            abort();
        } else {
            halt();
        }
    }

    private void losePatience() {
        try {
            if (!over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                abort();
                if (!over.await(LAST_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    halt();
                }
            }
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }

    private void abort() {
        say("breaking off; what is committed stays");
        stop.abort();
    }

    /** As safe as SIGKILL, which every step of a run survives. */
    private void halt() {
        console.endLive();
        signals.halt(exitCode.get());
    }

    private void say(String words) {
        console.message(Verbosity.NORMAL, Line.of(Style.WARN, words));
    }
}
