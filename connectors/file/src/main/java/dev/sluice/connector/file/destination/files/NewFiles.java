package dev.sluice.connector.file.destination.files;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives out the paths of new files, each of them once in the life of a target: they carry the fence, which is a time and
 * only grows, and a number.
 */
public final class NewFiles {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu_MM_dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String folder;
    private final String stem;
    private final String extension;
    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * Begins for a run.
     *
     * @param folder the folder inside the target, with a slash at its end, or an empty text
     * @param fence the fence of the run, in milliseconds
     * @param extension what the names end in
     */
    public NewFiles(String folder, long fence, String extension) {
        this.folder = folder;
        this.stem = DAY.format(Instant.ofEpochMilli(fence)) + "_" + fence + "_";
        this.extension = extension;
    }

    /**
     * The path of a new file.
     *
     * @param partition the folder of its partition, with a slash at its end, or an empty text
     */
    public String next(String partition) {
        return in(folder + partition);
    }

    /**
     * The path of a new file in a folder of the target.
     *
     * @param place the folder, with a slash at its end, or an empty text
     */
    public String in(String place) {
        return place + stem + numbers.getAndIncrement() + extension;
    }
}
