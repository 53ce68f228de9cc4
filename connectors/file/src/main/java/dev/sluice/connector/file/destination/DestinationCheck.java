package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.files.TargetFormat;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Tries whether the destination can be written: makes a file where the files will go, and takes it back. */
final class DestinationCheck {
    private final DestinationSettings settings;
    private final Disk disk;
    private final TargetFormat format;

    DestinationCheck(DestinationSettings settings, Disk disk, TargetFormat format) {
        this.settings = settings;
        this.disk = disk;
        this.format = format;
    }

    CheckReport run() {
        List<Step> steps = new ArrayList<>();
        Path path = settings.path();
        if (path == null) {
            return new CheckReport(List.of(Step.ok("write", "standard output")));
        }
        String step = "find the folder";
        try {
            Path folder = existing(settings.isFile() ? parent(path) : path);
            steps.add(Step.ok(step, folder.toString()));
            step = "write a file";
            write(folder);
            steps.add(Step.ok(step, null));
            step = "load the format";
            format.load();
            steps.add(Step.ok(step, format.extension()));
        } catch (ProblemException failure) {
            steps.add(Step.failed(step, failure.problem()));
        }
        return new CheckReport(steps);
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    /** The nearest folder that is there: what lacks below it is made when the first stream is written. */
    private static Path existing(Path wanted) {
        Path folder = wanted;
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        if (!Files.isDirectory(folder)) {
            throw Problem.of("E_FILE_NOT_DIRECTORY", ProblemKind.CONFIG, folder + " is a file and no folder")
                    .at(wanted.toString())
                    .fix("choose another path; one that ends in .csv, .jsonl or .parquet is written as a file")
                    .exception();
        }
        return folder;
    }

    private void write(Path folder) {
        Path file = folder.resolve(".sluice-check-" + UUID.randomUUID());
        try (FileChannel channel = disk.create(file)) {
            disk.write(channel, file, ByteBuffer.wrap(new byte[] {'x'}));
            disk.force(channel, file);
        } catch (IOException closing) {
            throw Problems.writing(file.toString(), closing);
        } finally {
            disk.delete(file);
        }
    }
}
