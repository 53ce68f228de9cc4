package dev.sluice.connector.file.destination.manifest;

import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.destination.place.Place;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The manifest of a target on the disk. One thread uses it at a time. */
public final class ManifestFile {
    /** Larger ones are none of ours. */
    private static final long MAX_BYTES = 512L << 20;

    private final Disk disk;
    private final Place place;
    private @Nullable List<Object> lastWritten;

    /** The manifest of the target at this place. */
    public ManifestFile(Disk disk, Place place) {
        this.disk = disk;
        this.place = place;
    }

    /** What is true of the target; empty if there is no manifest. */
    public Optional<Manifest> read() {
        return written().map(this::resolved);
    }

    /** A content that was about to be replaced was replaced exactly if the new one is not waiting any more. */
    private Manifest resolved(Manifest manifest) {
        Manifest.Closing closing = manifest.closing();
        if (closing == null) {
            return manifest;
        }
        boolean waiting = Disk.exists(place.next(closing.files().getFirst().path()));
        return waiting ? manifest.notClosed() : manifest.closed();
    }

    private Optional<Manifest> written() {
        Path file = place.manifest();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw damaged("it is larger than " + MAX_BYTES + " bytes", null);
            }
            return Optional.of(ManifestJson.read(Files.readString(file)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException failure) {
            throw Problems.reading(file.toString(), failure);
        } catch (IllegalArgumentException notOurs) {
            throw damaged(notOurs.getMessage(), notOurs);
        }
    }

    private ProblemException damaged(@Nullable String why, @Nullable Throwable cause) {
        return Problem.of("E_MANIFEST_DAMAGED", ProblemKind.INTEGRITY, "the manifest of the target cannot be read")
                .at(place.manifest().toString())
                .because(why)
                .fix("restore it from a backup, or write the stream to another folder")
                .exception(cause);
    }

    /** Puts another one in its place, which is durable when this returns. */
    public void write(Manifest manifest) {
        disk.replace(place.manifest(), ManifestJson.write(manifest).getBytes(StandardCharsets.UTF_8));
        lastWritten = stamp();
    }

    /**
     * I8: refuses to go on if somebody else has written the manifest since, which the lock prevents on one machine and
     * may fail to prevent on network file systems.
     */
    public void requireUntouched(long fence) {
        if (stamp().equals(lastWritten)) {
            return;
        }
        Optional<Manifest> there = written();
        if (there.isEmpty() || there.get().fence() != fence) {
            throw Problem.of("E_FENCED", ProblemKind.CONFLICT, "another run has taken the target in the meantime")
                    .at(place.toString())
                    .because("nothing of this commit was kept")
                    .fix("let the other run finish, then run this one again")
                    .exception();
        }
        lastWritten = stamp();
    }

    private List<Object> stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(place.manifest(), BasicFileAttributes.class);
            return List.of(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        } catch (IOException gone) {
            return List.of();
        }
    }
}
