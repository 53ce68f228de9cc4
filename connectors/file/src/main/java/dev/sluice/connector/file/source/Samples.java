package dev.sluice.connector.file.source;

import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.connector.file.input.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which files of a stream, and which places of a large file, are looked at.
 *
 * <p>Up to a hundred files spread over the list share the size of the sample. A file that does not fit its share gives
 * its beginning with one half of it and, if it can be read at any place, {@value #PLACES} places spread over the rest with
 * the other half: what comes late shows too.
 */
final class Samples {
    static final int PLACES = 16;

    private static final int MOST_FILES = 100;
    private static final int LEAST_SHARE = 64 << 10;

    private Samples() {}

    /** The files to look at, in order; the first and the last one are among them. */
    static List<SourceFile> files(List<SourceFile> all) {
        if (all.size() <= MOST_FILES) {
            return all;
        }
        List<SourceFile> chosen = new ArrayList<>(MOST_FILES);
        for (int i = 0; i < MOST_FILES; i++) {
            chosen.add(all.get((int) ((long) i * (all.size() - 1) / (MOST_FILES - 1))));
        }
        return chosen;
    }

    /** How many bytes of each of so many files are looked at. */
    static int share(int sampleBytes, int files) {
        return (int) Math.min(sampleBytes, Math.max(LEAST_SHARE, (long) sampleBytes / Math.max(1, files)));
    }

    /** How many bytes at the beginning of a file are looked at. */
    static int beginning(FileAccess access, SourceFile file, int share) {
        boolean fits = file.size() != SourceFile.UNKNOWN && file.size() <= share;
        return fits || !access.isSeekable() ? share : Math.max(1024, share / 2);
    }

    /**
     * Whole lines from further places of a large file. Each part begins behind an end of line, which may have been one
     * inside of quotes.
     *
     * @param beginning how many bytes at the beginning are looked at already
     */
    static List<byte[]> furtherPlaces(FileAccess access, SourceFile file, int beginning, int share) {
        List<byte[]> places = new ArrayList<>();
        int length = share / 2 / PLACES;
        if (!access.isSeekable() || file.size() <= share || length < 512) {
            return places;
        }
        long rest = file.size() - beginning;
        for (int i = 1; i <= PLACES; i++) {
            long at = i == PLACES ? file.size() - length : beginning + rest * i / PLACES - length;
            byte[] part = wholeLines(read(access, file, at, length));
            if (part.length > 0) {
                places.add(part);
            }
        }
        return places;
    }

    private static byte[] read(FileAccess access, SourceFile file, long at, int length) {
        try (InputStream input = access.open(file, at)) {
            return input.readNBytes(length);
        } catch (IOException failure) {
            throw Problems.reading(file.name(), failure);
        }
    }

    private static byte[] wholeLines(byte[] part) {
        int first = 0;
        while (first < part.length && part[first] != '\n') {
            first++;
        }
        int end = part.length;
        while (end > first + 1 && part[end - 1] != '\n') {
            end--;
        }
        return first + 1 < end ? Arrays.copyOfRange(part, first + 1, end) : new byte[0];
    }
}
