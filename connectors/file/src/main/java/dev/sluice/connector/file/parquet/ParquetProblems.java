package dev.sluice.connector.file.parquet;

import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says in terms of the file what DuckDB says about a statement. */
final class ParquetProblems {
    private ParquetProblems() {}

    /** Runs work of DuckDB on a file, and names the file in what goes wrong. */
    static <T extends @Nullable Object> T about(String file, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException failure) {
            throw translated(file, failure);
        }
    }

    private static ProblemException translated(String file, ProblemException failure) {
        Problem problem = failure.problem();
        if (!problem.code().startsWith("E_DUCKDB")) {
            return failure;
        }
        return switch (problem.code()) {
            case "E_DUCKDB_NOT_FOUND" -> Problems.missing(file).exception(failure);
            case "E_DUCKDB_PERMISSION" -> Problems.denied(file, "read").exception(failure);
            case "E_DUCKDB_MEMORY", "E_DUCKDB_DISK_FULL", "E_DUCKDB_LIBRARY", "E_DUCKDB_SETTING" ->
                problem.at(file).exception(failure);
            default -> {
                String words = String.valueOf(problem.why());
                yield isBeyondUs(words)
                        ? unsupported(file, words).exception(failure)
                        : damaged(file, words).exception(failure);
            }
        };
    }

    private static boolean isBeyondUs(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.startsWith("not implemented")
                || lower.contains("encrypt")
                || lower.contains("unsupported")
                || lower.contains("extension");
    }

    /** The problem of a file that cannot be what its writer meant. */
    static Problem damaged(String file, String why) {
        return Problem.of("E_FILE_DAMAGED", ProblemKind.DATA, "the file is damaged or was not written to its end")
                .at(file)
                .because(why)
                .fix("fetch or write the file again");
    }

    /** The problem of a file that uses what is not understood. */
    static Problem unsupported(String file, String why) {
        return Problem.of("E_FILE_FORMAT", ProblemKind.CONFIG, "the Parquet file uses something that cannot be read")
                .at(file)
                .because(why)
                .fix("write the file with another setting of the program that makes it");
    }
}
