package dev.sluice.connector.file.destination.avro;

import dev.sluice.connector.file.avro.AvroCodec;
import dev.sluice.connector.file.avro.AvroRanges;
import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.columns.FormatTypes;
import dev.sluice.connector.file.destination.files.EndedFiles;
import dev.sluice.connector.file.destination.files.FileGroups;
import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.files.TargetFormat;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Avro container files. Stateless. */
public final class AvroFormat implements TargetFormat {
    private final AvroCodec codec;

    /** Files whose blocks are compressed like this. */
    public AvroFormat(AvroCodec codec) {
        this.codec = codec;
    }

    @Override
    public FormatTypes types() {
        return AvroColumnTypes.INSTANCE;
    }

    @Override
    public String extension() {
        return ".avro";
    }

    @Override
    public void load() {
        // There is nothing to load.
    }

    @Override
    public void requireColumns(ColumnLayout columns) {
        // A record may have no field.
    }

    private AvroContainer container(WriteJob job) {
        return new AvroContainer(job.rows().columns(), codec);
    }

    @Override
    public RowFiles open(WriteJob job, WriteContext context, boolean continues) {
        return new EndedFiles(job, new AvroRecords(job, context, container(job)));
    }

    @Override
    public DataFile empty(WriteJob job) {
        AvroRecords records = new AvroRecords(job, EndedFiles.NO_ROWS, container(job));
        DataFile written = records.begin(job.names().next("")).end();
        job.disk().forceFolder(job.place().unfinished());
        return written;
    }

    @Override
    public List<DataFile> join(WriteJob job, List<DataFile> files, boolean single) {
        List<List<DataFile>> groups = single ? List.of(files) : FileGroups.of(files, job.targetBytes());
        List<DataFile> joined = new ArrayList<>();
        for (List<DataFile> group : groups) {
            joined.add(group.size() == 1 ? group.getFirst() : joined(job, group));
        }
        return joined;
    }

    /** Files of a run begin alike and have the same mark behind their blocks, so one header is enough for all. */
    private DataFile joined(WriteJob job, List<DataFile> group) {
        String path = job.names().in(FileGroups.folder(group.getFirst()));
        Path target = job.place().unfinished(path);
        int header = container(job).headerBytes();
        long rows = 0;
        long bytes = 0;
        try (FileChannel channel = job.disk().create(target)) {
            for (DataFile file : group) {
                requireRows(job, file);
                long from = bytes == 0 ? 0 : header;
                job.disk().append(job.place().unfinished(file.path()), from, file.bytes(), channel, target);
                rows += file.rows();
                bytes += file.bytes() - from;
            }
            job.disk().force(channel, target);
        } catch (IOException failure) {
            throw Problems.writing(target.toString(), failure);
        }
        return new DataFile(path, rows, bytes);
    }

    /** I7: a file has the rows that were counted when it was written, by what its blocks say. */
    private static void requireRows(WriteJob job, DataFile file) throws IOException {
        Path path = job.place().unfinished(file.path());
        long rows = AvroRanges.of(path, Long.MAX_VALUE, () -> false).stream()
                .mapToLong(AvroRanges.Range::records)
                .sum();
        if (rows != file.rows()) {
            throw Problem.of("E_VERIFY", ProblemKind.INTEGRITY, "a file does not hold the rows that were written")
                    .at(path.toString())
                    .because("its blocks count " + rows + " rows and " + file.rows() + " were committed")
                    .exception();
        }
    }

    @Override
    public void close() {
        // There is nothing to let go of.
    }
}
