package dev.sluice.connector.file.destination.excel;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.columns.FormatTypes;
import dev.sluice.connector.file.destination.files.EndedFiles;
import dev.sluice.connector.file.destination.files.FileGroups;
import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.files.TargetFormat;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;

/** Workbooks in the format .xlsx, each with one sheet whose first row has the names of the columns. Stateless. */
public final class ExcelFormat implements TargetFormat {
    private static final int MOST_COLUMNS = 1 << 14;
    private static final int META_COLUMNS = 4;

    /** Makes the format. */
    public ExcelFormat() {}

    @Override
    public FormatTypes types() {
        return ExcelColumnTypes.INSTANCE;
    }

    @Override
    public String extension() {
        return ".xlsx";
    }

    @Override
    public void load() {
        // There is nothing to load.
    }

    @Override
    public void requireColumns(ColumnLayout columns) {
        int most = MOST_COLUMNS - (columns.metadata() ? META_COLUMNS : 0);
        if (columns.columns().size() > most) {
            throw Problem.of(
                            "E_EXCEL_COLUMNS",
                            ProblemKind.CONFIG,
                            "the stream has more fields than a sheet has columns")
                    .because("it has " + columns.columns().size() + ", and there is room for " + most)
                    .fix("select fewer fields, or write csv")
                    .exception();
        }
    }

    @Override
    public RowFiles open(WriteJob job, WriteContext context, boolean continues) {
        return new EndedFiles(job, new ExcelRows(job, context));
    }

    @Override
    public DataFile empty(WriteJob job) {
        DataFile written = file(job, job.names().next("")).end();
        job.disk().forceFolder(job.place().unfinished());
        return written;
    }

    private static ExcelFile file(WriteJob job, String path) {
        return new ExcelRows(job, EndedFiles.NO_ROWS).begin(path);
    }

    @Override
    public List<DataFile> join(WriteJob job, List<DataFile> files, boolean single) {
        long rows = files.stream().mapToLong(DataFile::rows).sum();
        if (single && rows > ExcelFile.MOST_ROWS) {
            throw ExcelRows.tooManyRows(job);
        }
        List<DataFile> joined = new ArrayList<>();
        for (List<DataFile> group : single ? List.of(files) : groups(job, files)) {
            String folder = FileGroups.folder(group.getFirst());
            joined.add(
                    group.size() == 1
                            ? group.getFirst()
                            : ExcelJoin.joined(job, group, file(job, job.names().in(folder))));
        }
        return joined;
    }

    /** Groups of about the wanted size that a sheet can hold. */
    private static List<List<DataFile>> groups(WriteJob job, List<DataFile> files) {
        List<List<DataFile>> groups = new ArrayList<>();
        for (List<DataFile> group : FileGroups.of(files, job.targetBytes())) {
            List<DataFile> part = new ArrayList<>();
            long rows = 0;
            for (DataFile file : group) {
                if (rows + file.rows() > ExcelFile.MOST_ROWS) {
                    groups.add(part);
                    part = new ArrayList<>();
                    rows = 0;
                }
                part.add(file);
                rows += file.rows();
            }
            groups.add(part);
        }
        return groups;
    }

    @Override
    public void close() {
        // There is nothing to let go of.
    }
}
