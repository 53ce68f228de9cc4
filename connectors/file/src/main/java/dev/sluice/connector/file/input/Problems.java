package dev.sluice.connector.file.input;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What failing calls of the file system mean to people. */
public final class Problems {
    private Problems() {}

    /** The problem behind a failed attempt to read a file. */
    public static ProblemException reading(String file, IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing(file).exception(missing);
            case AccessDeniedException denied -> denied(file, "read").exception(denied);
            case DamagedFileException damaged ->
                Problem.of("E_FILE_DAMAGED", ProblemKind.DATA, "the file is damaged or was not written to its end")
                        .at(file)
                        .because(damaged.getMessage())
                        .fix("fetch or write the file again")
                        .exception(damaged);
            case EOFException truncated ->
                Problem.of("E_FILE_DAMAGED", ProblemKind.DATA, "the compressed file ends in the middle")
                        .at(file)
                        .because(truncated.getMessage())
                        .fix("fetch or write the file again")
                        .exception(truncated);
            default ->
                Problem.of("E_FILE_READ", ProblemKind.TRANSIENT, "the file cannot be read")
                        .at(file)
                        .because(words(failure))
                        .exception(failure);
        };
    }

    /** The problem of a file that is not there. */
    public static Problem missing(String file) {
        return Problem.of("E_FILE_NOT_FOUND", ProblemKind.CONFIG, "there is no such file")
                .at(file)
                .fix("check the path; relative ones start at the project file, or at the directory in which the"
                        + " command runs");
    }

    /** The problem of a file for which the rights lack. */
    public static Problem denied(String file, String action) {
        return Problem.of("E_FILE_DENIED", ProblemKind.PERMISSION, "this user may not " + action + " the file")
                .at(file)
                .because("the operating system denied it to the user " + System.getProperty("user.name"))
                .fix("change the rights of the file or of the directories above it");
    }

    /** The problem behind a failed attempt to write. */
    public static ProblemException writing(String file, IOException failure) {
        String words = words(failure);
        if (failure instanceof AccessDeniedException || words.startsWith("Operation not permitted")) {
            return denied(file, "write").exception(failure);
        }
        if (isFull(words)) {
            return Problem.of("E_DISK_FULL", ProblemKind.RESOURCE, "the disk is full")
                    .at(file)
                    .because(words)
                    .fix("free some space; what was committed before is complete, and the next run goes on from there")
                    .exception(failure);
        }
        if (words.toLowerCase(Locale.ROOT).contains("read-only")) {
            return Problem.of("E_FILE_DENIED", ProblemKind.PERMISSION, "the file system can only be read")
                    .at(file)
                    .because(words)
                    .exception(failure);
        }
        return Problem.of("E_FILE_WRITE", ProblemKind.TRANSIENT, "the file cannot be written")
                .at(file)
                .because(words)
                .exception(failure);
    }

    private static boolean isFull(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("no space left") || lower.contains("disk quota") || lower.contains("not enough space");
    }

    /** The operating system's own words; the path that Java puts before them is known already. */
    private static String words(IOException failure) {
        @Nullable String reason = failure instanceof FileSystemException system ? system.getReason() : null;
        return reason != null ? reason : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
