package dev.sluice.connector.file.destination.excel;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Copies the rows of several workbooks into one, with other numbers. They were written here, so what each tag looks like is
 * known, and a smaller sign begins nothing but tags. One thread uses it.
 */
final class ExcelJoin {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final byte[] ROW = "<row r=\"".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] ROW_END = "</row>".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] CELL = "<c r=\"".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] END = "</sheetData>".getBytes(StandardCharsets.ISO_8859_1);

    private final WriteJob job;
    private final ExcelFile target;
    private final ByteSink tag = new ByteSink(64);
    private byte[] number = {};

    private ExcelJoin(WriteJob job, ExcelFile target) {
        this.job = job;
        this.target = target;
    }

    /** Makes one workbook of several. */
    static DataFile joined(WriteJob job, List<DataFile> files, ExcelFile target) {
        boolean complete = false;
        try {
            ExcelJoin join = new ExcelJoin(job, target);
            files.forEach(join::add);
            DataFile joined = target.end();
            complete = true;
            return joined;
        } finally {
            if (!complete) {
                target.discard();
            }
        }
    }

    private void add(DataFile file) {
        Path path = job.place().unfinished(file.path());
        try (ZipFile archive = new ZipFile(path.toFile())) {
            @Nullable ZipEntry sheet = archive.getEntry(ExcelParts.SHEET);
            if (sheet == null) {
                throw new IOException("the workbook has no sheet");
            }
            try (InputStream input = new BufferedInputStream(archive.getInputStream(sheet), BUFFER_BYTES)) {
                long rows = copyRows(input);
                // I7: a file has the rows that were counted when it was written.
                if (rows != file.rows()) {
                    throw Problem.of("E_VERIFY", ProblemKind.INTEGRITY, "a workbook lacks rows that were written")
                            .at(path.toString())
                            .because("it holds " + rows + " rows and " + file.rows() + " were committed")
                            .exception();
                }
            }
        } catch (IOException failure) {
            throw Problems.reading(path.toString(), failure);
        }
    }

    /** Copies all rows but the first, which has the names; how many there were. */
    private long copyRows(InputStream input) throws IOException {
        long rows = -1;
        while (true) {
            int next = input.read();
            if (next < 0) {
                throw new EOFException("the sheet ends in the middle");
            }
            if (next != '<') {
                if (rows >= 0) {
                    target.buffer().put(next);
                }
                continue;
            }
            readTag(input);
            if (begins(END)) {
                return rows;
            }
            if (rows < 0) {
                rows += begins(ROW_END) ? 1 : 0;
                continue;
            }
            copyTag();
            if (begins(ROW_END)) {
                rows++;
                target.rowAdded();
            }
        }
    }

    private void readTag(InputStream input) throws IOException {
        tag.clear();
        tag.put('<');
        int next = input.read();
        while (next >= 0 && next != '>') {
            tag.put(next);
            next = input.read();
        }
        tag.put('>');
    }

    private boolean begins(byte[] with) {
        if (tag.size() < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if (tag.bytes()[i] != with[i]) {
                return false;
            }
        }
        return true;
    }

    private void copyTag() {
        ByteSink out = target.buffer();
        boolean row = begins(ROW);
        if (!row && !begins(CELL)) {
            out.put(tag.bytes(), 0, tag.size());
            return;
        }
        if (row) {
            number = Integer.toString(target.nextNumber()).getBytes(StandardCharsets.ISO_8859_1);
        }
        int from = row ? ROW.length : CELL.length;
        while (tag.bytes()[from] >= 'A' && tag.bytes()[from] <= 'Z') {
            from++;
        }
        int to = from;
        while (tag.bytes()[to] >= '0' && tag.bytes()[to] <= '9') {
            to++;
        }
        out.put(tag.bytes(), 0, from);
        out.put(number);
        out.put(tag.bytes(), to, tag.size() - to);
    }
}
