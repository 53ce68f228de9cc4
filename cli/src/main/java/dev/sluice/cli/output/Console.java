package dev.sluice.cli.output;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Redactor;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The two streams of the program. Results go to the first, everything else to the second; a live block at the end of the
 * second makes room for each line that is printed above it. Thread-safe.
 */
public final class Console {
    private static final String ESC = "\u001b[";

    private final PrintStream err;
    private final Terminal terminal;
    private final Verbosity verbosity;
    private final Look errLook;
    private final Redactor redactor;
    private volatile PrintStream out;
    private volatile Look outLook;

    private final ReentrantLock lock = new ReentrantLock();
    private List<Line> block = List.of();

    /**
     * A console over two streams.
     *
     * @param colour false if the user wants none
     */
    public Console(
            PrintStream out,
            PrintStream err,
            Terminal terminal,
            Verbosity verbosity,
            boolean colour,
            Redactor redactor) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.verbosity = verbosity;
        this.redactor = redactor;
        boolean coloured = colour && terminal.wantsColour();
        outLook = new Look(coloured && terminal.isOut(), terminal.isUnicode(), terminal.program());
        errLook = new Look(coloured && terminal.isErr(), terminal.isUnicode(), terminal.program());
    }

    /** Leaves the first stream to the data that is written there: from here on, results go where messages go. */
    public void leaveOutput() {
        lock.lock();
        try {
            out.flush();
            out = err;
            outLook = errLook;
        } finally {
            lock.unlock();
        }
    }

    /** What results may look like. */
    public Look outLook() {
        return outLook;
    }

    /** What messages may look like. */
    public Look errLook() {
        return errLook;
    }

    /** Whoever prints past the console passes its texts through this. */
    public Redactor redactor() {
        return redactor;
    }

    /** How much is said. */
    public Verbosity verbosity() {
        return verbosity;
    }

    /** The terminal. */
    public Terminal terminal() {
        return terminal;
    }

    /** Prints a line of the result. */
    public void result(Line line) {
        above(() -> out.println(line.render(outLook, redactor)));
    }

    /** Prints a piece of the result that is no line for people, such as JSON; the caller has redacted it. */
    public void resultText(String text) {
        above(() -> out.println(text));
    }

    /** Prints a message of some importance. */
    public void message(Verbosity importance, Line line) {
        if (verbosity.includes(importance)) {
            above(() -> err.println(line.render(errLook, redactor)));
        }
    }

    /** Replaces the live block. */
    public void live(List<Line> lines) {
        lock.lock();
        try {
            StringBuilder text = new StringBuilder(block.isEmpty() ? ESC + "?25l" : up());
            int width = terminal.width() - 1;
            List<Line> cut = lines.stream()
                    .map(line -> line.cut(width, errLook.ellipsis()))
                    .toList();
            for (Line line : cut) {
                text.append(line.render(errLook, redactor)).append(ESC).append("K\n");
            }
            write(text.append(ESC).append('J'));
            block = cut;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the live block away. */
    public void endLive() {
        lock.lock();
        try {
            if (!block.isEmpty()) {
                write(new StringBuilder(up())
                        .append(ESC)
                        .append('J')
                        .append(ESC)
                        .append("?25h"));
                block = List.of();
            }
        } finally {
            lock.unlock();
        }
    }

    private void above(Runnable print) {
        lock.lock();
        try {
            List<Line> hidden = block;
            if (!hidden.isEmpty()) {
                write(new StringBuilder(up()).append(ESC).append('J'));
            }
            print.run();
            out.flush();
            err.flush();
            if (!hidden.isEmpty()) {
                StringBuilder again = new StringBuilder();
                hidden.forEach(
                        line -> again.append(line.render(errLook, redactor)).append('\n'));
                write(again);
            }
        } finally {
            lock.unlock();
        }
    }

    /** To the first line of the block; a window that became narrower has broken its lines. */
    private String up() {
        int width = Math.max(1, terminal.width());
        int rows = block.stream()
                .mapToInt(line -> Math.max(1, Math.ceilDiv(line.width(), width)))
                .sum();
        return "\r" + ESC + rows + "A";
    }

    private void write(StringBuilder text) {
        err.print(text);
        err.flush();
    }
}
