package dev.sluice.server.jobs;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The log of an attempt that is under way. Lines that repeat are folded, long ones are cut, and at a limit it ends.
 * Thread-safe.
 */
public final class AttemptLog {
    private static final int LONGEST_LINE = 8_000;

    /**
     * How much of a log is kept.
     *
     * @param lines how many lines
     * @param characters how many characters in all
     */
    record Room(int lines, long characters) {
        static final Room USUAL = new Room(50_000, 32L << 20);
    }

    private final Clock clock;
    private final Room room;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<LogLine> waiting = new ArrayList<>();
    private UnaryOperator<String> redaction = UnaryOperator.identity();
    private @Nullable LogLine last;
    private long repeated;
    private int lines;
    private long characters;
    private boolean full;

    AttemptLog(Clock clock, Room room) {
        this.clock = clock;
        this.room = room;
    }

    /** Takes what is secret out of all lines from now on. */
    public void redact(UnaryOperator<String> how) {
        lock.lock();
        try {
            redaction = how;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes a line.
     *
     * @param source who writes it
     */
    public void add(System.Logger.Level level, String source, String message) {
        lock.lock();
        try {
            String shown = redaction
                    .apply(message)
                    .replace('\n', ' ')
                    .replace('\r', ' ')
                    .replace('\0', ' ');
            LogLine line = new LogLine(
                    clock.instant(),
                    level,
                    source,
                    shown.length() <= LONGEST_LINE ? shown : shown.substring(0, LONGEST_LINE) + " ...");
            if (last != null && last.source().equals(source) && last.message().equals(line.message())) {
                repeated++;
                return;
            }
            endRepetition();
            last = line;
            append(line);
        } finally {
            lock.unlock();
        }
    }

    private void endRepetition() {
        LogLine before = last;
        if (repeated > 0 && before != null) {
            append(new LogLine(
                    clock.instant(),
                    before.level(),
                    before.source(),
                    "the last line was repeated " + repeated + " times"));
            repeated = 0;
        }
    }

    private void append(LogLine line) {
        lines++;
        characters += line.message().length();
        if (lines < room.lines() && characters < room.characters()) {
            waiting.add(line);
        } else if (!full) {
            full = true;
            waiting.add(new LogLine(
                    line.at(),
                    System.Logger.Level.WARNING,
                    "platform",
                    "there is too much to log; further lines are not kept"));
        }
    }

    /** What was not kept yet. */
    List<LogLine> waiting() {
        lock.lock();
        try {
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }

    /** The first lines that wait are kept now. */
    void kept(int count) {
        lock.lock();
        try {
            waiting.subList(0, count).clear();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing follows. */
    void end() {
        lock.lock();
        try {
            endRepetition();
        } finally {
            lock.unlock();
        }
    }
}
