package dev.sluice.cli.output;

import dev.sluice.cli.text.Look;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is known of the terminal that the program was started from.
 *
 * <p>The launcher tells which of the streams are terminals; without it the kernel is asked. The width is asked for again
 * when the window has changed.
 */
public final class Terminal {
    /** Set by the launcher: a comma-separated list of {@code out} and {@code err}, or {@code none}. */
    static final String PROPERTY = "sluice.tty";

    /** Set by the launcher: how it was called, such as {@code ./sluice}. */
    static final String COMMAND = "SLUICE_COMMAND";

    private static final int UNLIMITED = 10_000;
    private static final int USUAL = 80;

    private final boolean out;
    private final boolean err;
    private final boolean colour;
    private final boolean unicode;
    private final String program;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private volatile int width = USUAL;

    private Terminal(boolean out, boolean err, boolean colour, boolean unicode, String program) {
        this.out = out;
        this.err = err;
        this.colour = colour;
        this.unicode = unicode;
        this.program = program;
    }

    /** The terminal of this process. */
    public static Terminal detect(Map<String, String> environment) {
        String told = System.getProperty(PROPERTY);
        boolean out = told == null ? isTerminal(1) : told.contains("out");
        boolean err = told == null ? isTerminal(2) : told.contains("err");
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err && !dumb, wanted && !dumb, speaksUnicode(environment), program(environment));
    }

    /** No terminal at all: files and pipes. */
    public static Terminal none(boolean unicode) {
        return new Terminal(false, false, false, unicode, Look.PROGRAM);
    }

    /** A terminal of a fixed width, for tests. */
    static Terminal of(int width) {
        Terminal terminal = new Terminal(true, true, true, true, Look.PROGRAM);
        terminal.width = width;
        terminal.changed.set(false);
        return terminal;
    }

    /** True if results go to a terminal. */
    public boolean isOut() {
        return out;
    }

    /** True if progress goes to a terminal that can be redrawn. */
    public boolean isErr() {
        return err;
    }

    /** True if neither the user nor the terminal forbids colours. */
    public boolean wantsColour() {
        return colour;
    }

    /** True if it shows signs beyond ASCII. */
    public boolean isUnicode() {
        return unicode;
    }

    /** What one types here to start this program. */
    public String program() {
        return program;
    }

    /** Hears that the window has changed. */
    public void resized() {
        changed.set(true);
    }

    /** The number of cells in a line; practically unlimited for files and pipes. */
    public int width() {
        if (!out && !err) {
            return UNLIMITED;
        }
        if (changed.getAndSet(false)) {
            width = ask();
        }
        return width;
    }

    /** Only what can be typed as it is; anything else would need quotes and mislead. */
    private static String program(Map<String, String> environment) {
        String command = environment.getOrDefault(COMMAND, Look.PROGRAM);
        return command.matches("[A-Za-z0-9_./~-]{1,80}") ? command : Look.PROGRAM;
    }

    private static boolean speaksUnicode(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String upper = value.toUpperCase(Locale.ROOT);
                return upper.contains("UTF-8") || upper.contains("UTF8");
            }
        }
        return false;
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return isTerminalBySystem(descriptor);
        }
    }

    private static boolean isTerminalBySystem(int descriptor) {
        try {
            return new ProcessBuilder("test", "-t", Integer.toString(descriptor))
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            stty.waitFor(1, TimeUnit.SECONDS);
            int blank = answer.indexOf(' ');
            int columns = blank < 0 ? 0 : Integer.parseInt(answer.substring(blank + 1));
            return columns > 0 ? columns : USUAL;
        } catch (IOException | NumberFormatException unknown) {
            return USUAL;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }
}
