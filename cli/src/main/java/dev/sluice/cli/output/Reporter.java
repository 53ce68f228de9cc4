package dev.sluice.cli.output;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Prints reports in the form that the user chose. */
public final class Reporter {
    private final Console console;
    private final Format format;
    private final String command;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> warned = new CopyOnWriteArrayList<>();
    private long sequence;

    /**
     * A reporter of one command.
     *
     * @param command its name, as in {@code state show}
     */
    public Reporter(Console console, Format format, String command) {
        this.console = console;
        this.format = format;
        this.command = command;
    }

    /** The console. */
    public Console console() {
        return console;
    }

    /** The form of the result. */
    public Format format() {
        return format;
    }

    /** Prints the report. */
    public void print(Report report) {
        switch (format) {
            case TEXT -> {
                report.lines().forEach(console::result);
                report.warnings().forEach(this::say);
                report.problems().stream()
                        .flatMap(problem -> ProblemView.lines(problem, console.errLook()).stream())
                        .forEach(line -> console.message(Verbosity.QUIET, line));
                report.hints().forEach(line -> console.message(Verbosity.NORMAL, line));
            }
            case JSON -> {
                Object envelope = Json.redacted(envelope(report), console.redactor());
                console.resultText(console.terminal().isOut() ? Json.pretty(envelope) : Json.line(envelope));
            }
            case NDJSON -> {
                if (report.result() instanceof List<?> items) {
                    items.forEach(item -> event("item", single("item", item)));
                }
                event("end", envelope(report));
            }
        }
    }

    /** Prints a note for people now; programs get it in the envelope. */
    public void warn(String sentence) {
        if (!warned.contains(sentence)) {
            warned.add(sentence);
            say(sentence);
        }
    }

    private void say(String sentence) {
        if (format == Format.TEXT) {
            console.message(
                    Verbosity.NORMAL,
                    Line.of(Style.WARN, console.errLook().warning() + " ").plus(sentence));
        }
    }

    /** Prints an event, if events are wanted. Thread-safe; each event's number is one more than the last one's. */
    public void event(String type, Map<String, ? extends @Nullable Object> fields) {
        if (format != Format.NDJSON) {
            return;
        }
        lock.lock();
        try {
            Map<String, @Nullable Object> event = new LinkedHashMap<>();
            event.put("seq", ++sequence);
            event.put("event", type);
            event.putAll(fields);
            console.resultText(Json.line(Json.redacted(event, console.redactor())));
        } finally {
            lock.unlock();
        }
    }

    private Map<String, @Nullable Object> envelope(Report report) {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("command", command);
        envelope.put("ok", report.exitCode() == ExitCode.SUCCESS);
        envelope.put("exit_code", report.exitCode());
        envelope.put("summary", report.summary());
        envelope.put("result", format == Format.NDJSON && report.result() instanceof List ? null : report.result());
        List<String> warnings = new ArrayList<>(warned);
        warnings.addAll(report.warnings());
        envelope.put("warnings", warnings);
        envelope.put("error", report.problem() == null ? null : ProblemView.fields(report.problem()));
        return envelope;
    }

    private static Map<String, @Nullable Object> single(String key, @Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }
}
