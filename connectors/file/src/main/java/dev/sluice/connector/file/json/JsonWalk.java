package dev.sluice.connector.file.json;

import dev.sluice.cdk.cells.TextWindow;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonScanner;
import dev.sluice.cdk.text.JsonText;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Walks from the beginning of a JSON text to the array that holds the records, however far away it is. */
final class JsonWalk {
    private static final int MOST_KEY_BYTES = 64 << 10;

    private final TextWindow window;
    private final String file;

    JsonWalk(TextWindow window, String file) {
        this.window = window;
        this.file = file;
    }

    /** Leaves the window at the first element of the array, or at its closing bracket; counts lines on the way. */
    long toElements(List<String> path, long firstLine) throws IOException {
        long line = firstLine;
        for (int i = 0; i < path.size(); i++) {
            line += blanks();
            if (peek() != '{') {
                throw notThere(path, "there is no object that could have the key " + path.get(i));
            }
            take();
            line += toValueOf(path, i);
        }
        line += blanks();
        if (peek() != '[') {
            throw notThere(path, path.isEmpty() ? "the file does not begin with an array" : "the value is no array");
        }
        take();
        return line;
    }

    private long toValueOf(List<String> path, int level) throws IOException {
        long lines = 0;
        while (true) {
            lines += blanks();
            if (peek() == ',') {
                take();
                lines += blanks();
            }
            if (peek() != '"') {
                throw notThere(path, "the object has no key " + path.get(level));
            }
            String key = key(path);
            lines += blanks();
            if (take() != ':') {
                throw notThere(path, "the file is not valid JSON");
            }
            if (key.equals(path.get(level))) {
                return lines;
            }
            lines += blanks();
            lines += skipValue();
        }
    }

    private String key(List<String> path) throws IOException {
        take();
        window.fill(MOST_KEY_BYTES);
        int quote = JsonScanner.closingQuote(window.bytes(), window.from(), window.to());
        ByteSink out = new ByteSink(64);
        if (quote < 0 || !JsonText.unescape(out, window.bytes(), window.from(), quote)) {
            throw notThere(path, "the file is not valid JSON");
        }
        window.consume(quote + 1 - window.from());
        return new String(out.bytes(), 0, out.size(), StandardCharsets.UTF_8);
    }

    /** Steps over a value by its brackets alone; whether it is valid does not matter here. Counts lines. */
    private long skipValue() throws IOException {
        long lines = 0;
        int depth = 0;
        boolean inString = false;
        while (true) {
            int value = peek();
            if (inString) {
                if (value == '\\') {
                    take();
                } else if (value == '"') {
                    inString = false;
                }
            } else if (depth == 0 && (value == ',' || value == '}' || value == ']')) {
                return lines;
            } else {
                inString = value == '"';
                depth += value == '{' || value == '[' ? 1 : 0;
                depth -= value == '}' || value == ']' ? 1 : 0;
            }
            lines += value == '\n' ? 1 : 0;
            take();
        }
    }

    private long blanks() throws IOException {
        long lines = 0;
        int value = peek();
        while (value == ' ' || value == '\n' || value == '\r' || value == '\t') {
            lines += value == '\n' ? 1 : 0;
            take();
            value = peek();
        }
        return lines;
    }

    private int peek() throws IOException {
        if (window.available() == 0) {
            window.fill(1);
            if (window.available() == 0) {
                throw JsonBlocks.truncated(file);
            }
        }
        return window.bytes()[window.from()];
    }

    private int take() throws IOException {
        int value = peek();
        window.consume(1);
        return value;
    }

    private ProblemException notThere(List<String> path, String why) {
        return Problem.of("E_JSON_PATH", ProblemKind.CONFIG, "the file has no array of records where it should be")
                .at(file + (path.isEmpty() ? "" : " at " + String.join(".", path)))
                .because(why)
                .fix("give the keys that lead to the array in `records_path`, such as data.items")
                .exception();
    }
}
