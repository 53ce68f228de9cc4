package dev.sluice.connector.file.destination.parquet;

import dev.sluice.connector.file.destination.files.FileGroups;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one Parquet file of several: the groups of rows are copied as they are, and a common footer says where they stand.
 * Nothing is decoded, so it takes as long as copying the bytes.
 */
final class ParquetJoin {
    private final WriteJob job;

    ParquetJoin(WriteJob job) {
        this.job = job;
    }

    /** One file of all. */
    List<DataFile> toOne(List<DataFile> files) {
        return List.of(joined(files));
    }

    /** Files of about the wanted size, each of files in the same folder. */
    List<DataFile> toLargeOnes(List<DataFile> files) {
        return FileGroups.of(files, job.targetBytes()).stream()
                .map(this::joined)
                .toList();
    }

    private DataFile joined(List<DataFile> files) {
        List<ParquetFooter> footers = new ArrayList<>();
        for (DataFile file : files) {
            footers.add(checked(file));
        }
        if (files.size() == 1) {
            return files.getFirst();
        }
        String path = job.names().in(FileGroups.folder(files.getFirst()));
        Path target = job.place().unfinished(path);
        ParquetFooter whole = footers.getFirst();
        long end = whole.start();
        try (FileChannel channel = job.disk().create(target)) {
            job.disk().append(path(files.getFirst()), 0, end, channel, target);
            for (int i = 1; i < files.size(); i++) {
                ParquetFooter next = footers.get(i);
                if (!whole.hasSameColumns(next)) {
                    throw differ(files.get(i));
                }
                int begin = ParquetFooter.MAGIC.length;
                whole = whole.joined(next, end - begin);
                job.disk().append(path(files.get(i)), begin, next.start(), channel, target);
                end += next.start() - begin;
            }
            job.disk().write(channel, target, ByteBuffer.wrap(whole.bytes()));
            job.disk().force(channel, target);
            return new DataFile(path, whole.rows(), channel.size());
        } catch (IOException failure) {
            throw Problems.writing(target.toString(), failure);
        }
    }

    private Path path(DataFile file) {
        return job.place().unfinished(file.path());
    }

    /** I7: a file has the rows that were counted when it was written, by its own footer. */
    private ParquetFooter checked(DataFile file) {
        ParquetFooter footer = ParquetFooter.read(path(file));
        if (footer.rows() != file.rows()) {
            throw Problem.of("E_VERIFY", ProblemKind.INTEGRITY, "a file does not hold the rows that were written")
                    .at(path(file).toString())
                    .because("its footer counts " + footer.rows() + " rows and " + file.rows() + " were committed")
                    .fix("the old content was left as it is; run the sync again")
                    .exception();
        }
        return footer;
    }

    private ProblemException differ(DataFile file) {
        return Problem.of("E_VERIFY", ProblemKind.INTEGRITY, "the parts of a run differ in their columns")
                .at(path(file).toString())
                .because("the fields of the stream changed while it was copied")
                .fix("copy it from the beginning: `sluice state rewind`")
                .exception();
    }
}
