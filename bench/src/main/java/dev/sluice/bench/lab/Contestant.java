package dev.sluice.bench.lab;

import java.util.List;

/**
 * A program that is measured.
 *
 * @param name what it is called in the report
 * @param shown the command as a person would type it
 * @param command the command itself
 * @param before makes the place ready; not measured
 * @param after checks what the program did; not measured
 */
public record Contestant(String name, String shown, List<String> command, Runnable before, Runnable after) {
    /** A command line of a shell, in which each part of a pipe has to succeed. */
    public static Contestant shell(String name, String line, Runnable before, Runnable after) {
        return new Contestant(name, line, List.of("bash", "-c", "set -o pipefail; " + line), before, after);
    }
}
