package dev.sluice.connector.file.source;

import dev.sluice.connector.file.avro.AvroHeader;
import dev.sluice.connector.file.input.Coding;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.connector.file.input.TextEncoding;
import dev.sluice.connector.file.input.TextSample;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the beginning of a file gives away.
 *
 * @param format what kind of file it is
 * @param sample the beginning of its text; nothing for a Parquet file, the bytes themselves for a workbook
 */
record Probe(FileFormat format, TextSample sample) {
    private static final byte[] PARQUET_MAGIC = "PAR1".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] OLD_MAGIC = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int LOOKED_AT = 8192;

    /**
     * Looks at the beginning of a file.
     *
     * @param bytes how much of it
     * @throws dev.sluice.spi.problem.ProblemException if it cannot be read or is of no known kind
     */
    static Probe of(FileAccess access, SourceFile file, SourceSettings.Reading reading, int bytes) {
        try {
            byte[] head = access.head(file, bytes);
            FileFormat declared = declared(file, reading);
            if (declared == FileFormat.PARQUET || (declared == null && isParquet(head))) {
                requireDirectory(access, file, "Parquet");
                return new Probe(FileFormat.PARQUET, TextSample.of(Coding.PLAIN, new byte[0], false));
            }
            if (declared == FileFormat.EXCEL || (declared == null && isWorkbook(head))) {
                requireDirectory(access, file, "a workbook");
                requireWorkbook(file, head);
                return new Probe(FileFormat.EXCEL, TextSample.of(Coding.PLAIN, head, false));
            }
            Compression compression =
                    reading.compression() != null ? reading.compression() : Compression.of(head, head.length);
            TextSample raw =
                    TextSample.decode(head, head.length < bytes, new Coding(compression, TextEncoding.UTF_8), bytes);
            if (declared == FileFormat.AVRO || (declared == null && startsWith(raw.bytes(), AvroHeader.magic()))) {
                return new Probe(FileFormat.AVRO, raw);
            }
            TextEncoding encoding = reading.encoding() != null
                    ? reading.encoding()
                    : TextEncoding.ofMark(raw.bytes(), raw.bytes().length);
            Coding coding = new Coding(compression, encoding);
            TextSample sample =
                    encoding == TextEncoding.UTF_8 ? raw : TextSample.decode(head, head.length < bytes, coding, bytes);
            requireText(file, sample.bytes(), declared);
            FileFormat found = reading.shapes().fixed().isEmpty() ? guessed(sample.bytes()) : FileFormat.FIXED_WIDTH;
            return new Probe(declared != null ? declared : found, sample);
        } catch (IOException failure) {
            throw Problems.reading(file.name(), failure);
        }
    }

    /** The directory of a Parquet file comes last, so it cannot be read from what cannot be read twice. */
    private static void requireDirectory(FileAccess access, SourceFile file, String kind) {
        if (!access.isRepeatable()) {
            throw Problem.of("E_FILE_FORMAT", ProblemKind.CONFIG, kind + " cannot be read from standard input")
                    .at(file.name())
                    .because("what stands where in the file is written at its end")
                    .fix("write it to a file first")
                    .exception();
        }
    }

    private static @Nullable FileFormat declared(SourceFile file, SourceSettings.Reading reading) {
        return reading.format() != null
                ? reading.format()
                : FileFormat.ofName(file.name()).orElse(null);
    }

    private static boolean isParquet(byte[] head) {
        return startsWith(head, PARQUET_MAGIC);
    }

    /** Workbooks are archives, whose first parts have names that tell what it is. */
    private static boolean isWorkbook(byte[] head) {
        String begin = new String(head, 0, Math.min(head.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        return begin.startsWith("PK\u0003\u0004") && (begin.contains("xl/") || begin.contains("[Content_Types].xml"));
    }

    /** What is called a workbook may be one that programs wrote long ago, or one that a password protects. */
    private static void requireWorkbook(SourceFile file, byte[] head) {
        if (startsWith(head, OLD_MAGIC)) {
            throw Problem.of("E_FILE_FORMAT", ProblemKind.CONFIG, "the file is no workbook in the format xlsx")
                    .at(file.name())
                    .because("it begins like a workbook in the old format xls, or one that a password protects")
                    .fix("save it as .xlsx, without a password")
                    .exception();
        }
    }

    private static FileFormat guessed(byte[] text) {
        int at = startsWith(text, MARK) ? MARK.length : 0;
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        boolean json = at < text.length && (text[at] == '{' || text[at] == '[');
        if (json) {
            return FileFormat.JSON;
        }
        return isXml(text, at) ? FileFormat.XML : FileFormat.CSV;
    }

    /** True for an element or a declaration; a page for people begins in other ways, or is no XML. */
    private static boolean isXml(byte[] text, int at) {
        String begin = new String(text, at, Math.min(5, text.length - at), StandardCharsets.ISO_8859_1);
        return begin.startsWith("<?xml")
                || (begin.matches("(?s)<[A-Za-z_].*")
                        && !begin.toLowerCase(Locale.ROOT).equals("<html"));
    }

    /** Refuses what is no text before it becomes rows of rubbish. */
    private static void requireText(SourceFile file, byte[] text, @Nullable FileFormat declared) {
        int controls = 0;
        int looked = Math.min(LOOKED_AT, text.length);
        for (int i = 0; i < looked; i++) {
            int value = text[i] & 0xFF;
            controls += value < 0x20 && value != '\n' && value != '\r' && value != '\t' && value != '\f' ? 1 : 0;
        }
        boolean junk = controls > 0 && controls * 50L > looked;
        Optional<String> kind = knownBinary(text, junk);
        if (kind.isPresent() || junk) {
            throw Problem.of(
                            "E_FILE_FORMAT",
                            ProblemKind.CONFIG,
                            "the file is no text" + (declared == null ? "" : ", so no " + declared.label()))
                    .at(file.name())
                    .because(kind.map(name -> "it looks like " + name)
                            .orElse("it holds bytes that no text has; it may be encoded in UTF-16 or be of"
                                    + " another kind"))
                    .fix("files can be " + String.join(", ", FileFormat.labels())
                            + "; give `format` or `encoding` if the file is one of these")
                    .exception();
        }
    }

    /** The kind of file that begins like this; some begin with letters that a text may begin with too. */
    private static Optional<String> knownBinary(byte[] head, boolean junk) {
        String[][] kinds = {
            {"PK\u0003\u0004", "a zip archive or a spreadsheet"},
            {"PAR1", "Parquet"},
            {"Obj\u0001", "Avro"},
            {"ORC", "ORC"},
            {"BZh", "bzip2"},
            {"\u00FD7zXZ", "xz"},
            {"7z\u00BC\u00AF", "a 7z archive"},
            {"%PDF-", "PDF"},
            {"SQLite format 3", "a SQLite database"},
            {"\u00D0\u00CF\u0011\u00E0", "a spreadsheet in the old format xls, which has to be saved as .xlsx"}
        };
        for (String[] kind : kinds) {
            boolean plainLetters = kind[0].length() <= 3;
            if ((junk || !plainLetters) && startsWith(head, kind[0].getBytes(StandardCharsets.ISO_8859_1))) {
                return Optional.of(kind[1]);
            }
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] head, byte[] magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (head[i] != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
