package dev.sluice.bench.lab;

import java.nio.file.Path;

/**
 * How the bench is run.
 *
 * @param rows the rows of the wide table; the narrow one has twice as many
 * @param runs how often each program runs
 * @param program the launcher of the program under test
 * @param javaOptions what the launcher passes to the JVM
 * @param data where files are kept that take long to make
 */
public record BenchSettings(long rows, int runs, Path program, String javaOptions, Path data) {}
