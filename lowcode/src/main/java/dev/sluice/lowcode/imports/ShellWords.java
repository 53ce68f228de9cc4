package dev.sluice.lowcode.imports;

import java.util.ArrayList;
import java.util.List;

/** The words of a command line, as a POSIX shell takes them apart; of bash the quotes with a dollar sign too. Runs and expands nothing. */
final class ShellWords {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private ShellWords(String text) {
        this.text = text;
    }

    /**
     * The words.
     *
     * @throws IllegalArgumentException if a quote is not closed
     */
    static List<String> of(String command) {
        // As Windows breaks lines, which some tools copy.
        ShellWords shell =
                new ShellWords(command.replace("^\r\n", " ").replace("^\n", " ").replace("\r\n", "\n"));
        shell.split();
        return shell.words;
    }

    private void split() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n' -> end();
                case '\'' -> quoted();
                case '"' -> doubleQuoted();
                case '\\' -> escaped();
                case '$' -> {
                    if (at < text.length() && text.charAt(at) == '\'') {
                        at++;
                        dollarQuoted();
                    } else {
                        put('$');
                    }
                }
                default -> put(c);
            }
        }
        end();
    }

    private void put(char c) {
        inWord = true;
        word.append(c);
    }

    private void end() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private void escaped() {
        if (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\n') {
                put(c);
            }
        }
    }

    private void quoted() {
        inWord = true;
        int close = text.indexOf('\'', at);
        if (close < 0) {
            throw new IllegalArgumentException("a quote ' is not closed");
        }
        word.append(text, at, close);
        at = close + 1;
    }

    private void doubleQuoted() {
        inWord = true;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return;
            }
            if (c == '\\' && at < text.length() && "\"\\$`\n".indexOf(text.charAt(at)) >= 0) {
                char next = text.charAt(at++);
                if (next != '\n') {
                    word.append(next);
                }
            } else {
                word.append(c);
            }
        }
        throw new IllegalArgumentException("a quote \" is not closed");
    }

    private void dollarQuoted() {
        inWord = true;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\'') {
                return;
            }
            if (c == '\\' && at < text.length()) {
                special(text.charAt(at++));
            } else {
                word.append(c);
            }
        }
        throw new IllegalArgumentException("a quote $' is not closed");
    }

    private void special(char c) {
        switch (c) {
            case 'n' -> word.append('\n');
            case 't' -> word.append('\t');
            case 'r' -> word.append('\r');
            case 'u' -> hex(4);
            case 'x' -> hex(2);
            default -> word.append(c);
        }
    }

    private void hex(int most) {
        int end = at;
        while (end < text.length() && end < at + most && Character.digit(text.charAt(end), 16) >= 0) {
            end++;
        }
        if (end > at) {
            word.append((char) Integer.parseInt(text, at, end, 16));
        }
        at = end;
    }
}
