package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.BlockSource;
import dev.sluice.cdk.cells.CellBlock;
import dev.sluice.cdk.cells.ColumnGuess;
import dev.sluice.cdk.cells.TextWindow;
import dev.sluice.cdk.text.Utf8;
import dev.sluice.connector.file.csv.CsvHead;
import dev.sluice.connector.file.csv.CsvLayout;
import dev.sluice.connector.file.csv.CsvOptions;
import dev.sluice.connector.file.csv.CsvSniffer;
import dev.sluice.connector.file.input.TextSample;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the columns of files that are rows of cells from samples of them. One thread uses it, for one stream. */
final class CsvInspection {
    private static final double MOSTLY_GOOD = 0.9;
    private static final int FEW = 10;

    private final RowForm form;
    private final Map<String, ColumnGuess> guesses = new LinkedHashMap<>();

    /** Begins. */
    CsvInspection(RowForm form) {
        this.form = form;
    }

    static CsvLayout layoutOf(TextSample sample, CsvOptions options) {
        return CsvSniffer.sniff(sample.bytes(), CsvHead.firstLine(sample.bytes(), options), sample.isWhole(), options);
    }

    /** Adds the beginning of a file; returns its columns. */
    List<String> addBeginning(TextSample sample, String file) {
        requireEncoding(sample, file);
        CsvHead head = form.head(sample, file);
        byte[] bytes = sample.isWhole() ? sample.bytes() : upToLastLine(sample.bytes());
        head.names().forEach(name -> guesses.computeIfAbsent(name, key -> new ColumnGuess()));
        if (head.dataOffset() < bytes.length) {
            Counts counts = read(bytes, head.dataOffset(), head.names(), true);
            requireColumns(counts, head, file);
        }
        return head.names();
    }

    /** Adds lines out of the middle of a file, unless they turn out to begin inside of a record. */
    void addPlace(byte[] lines, List<String> names) {
        Counts counts = read(lines, 0, names, false);
        if (counts.good > 1 && counts.good >= MOSTLY_GOOD * (counts.good + counts.bad)) {
            read(lines, 0, names, true);
        }
    }

    List<Field> fields() {
        List<Field> fields = new ArrayList<>(guesses.size());
        guesses.forEach((name, guess) -> fields.add(new Field(name, type(guess))));
        return fields;
    }

    /** The numbers of sheets have a floating point. */
    private DataType type(ColumnGuess guess) {
        DataType type = guess.type();
        boolean floating = form.isSheet() && type instanceof DataType.DecimalType decimal && decimal.scale() != 0;
        return floating ? new DataType.FloatType(64) : type;
    }

    private record Counts(long good, long bad) {}

    private Counts read(byte[] bytes, int from, List<String> names, boolean learn) {
        boolean[] selected = new boolean[names.size()];
        Arrays.fill(selected, true);
        TextWindow window = new TextWindow(new ByteArrayInputStream(bytes, from, bytes.length - from), 0, 256 << 10);
        CellBlock block = new CellBlock(names.size());
        List<ColumnGuess> columns = names.stream().map(this::guessOf).toList();
        long good = 0;
        long bad = 0;
        try (BlockSource blocks = form.blocks(window, 1, selected, new BitSet(), "the sample")) {
            while (blocks.next(block)) {
                for (int row = 0; row < block.rows(); row++) {
                    if (block.isFlawed(row)) {
                        bad++;
                    } else {
                        good++;
                        if (learn) {
                            learn(block, row, columns);
                        }
                    }
                }
            }
        } catch (ProblemException cutInsideOfQuotes) {
            bad++;
        } catch (IOException memoryDoesNotFail) {
            throw new IllegalStateException(memoryDoesNotFail);
        }
        return new Counts(good, bad);
    }

    private ColumnGuess guessOf(String name) {
        ColumnGuess guess = guesses.get(name);
        return guess == null ? new ColumnGuess() : guess;
    }

    private void learn(CellBlock block, int row, List<ColumnGuess> columns) {
        int cell = row * block.columns();
        for (int column = 0; column < block.columns(); column++, cell++) {
            int from = block.from()[cell];
            int to = block.to()[cell];
            boolean quoted = (block.flags()[cell] & CellBlock.QUOTED) != 0;
            if (from < to || quoted) {
                if (quoted && form.isSheet()) {
                    if (from < to) {
                        columns.get(column).addText();
                    }
                    continue;
                }
                boolean aside = (block.flags()[cell] & CellBlock.SIDE) != 0;
                columns.get(column).add(aside ? block.side().bytes() : block.data(), from, to, quoted);
            }
        }
    }

    /** If hardly a record has the columns of the header, the layout is not what it seems. */
    private void requireColumns(Counts counts, CsvHead head, String file) {
        if (counts.bad > FEW && counts.bad > counts.good) {
            throw Problem.of("E_CSV_COLUMNS", ProblemKind.DATA, "most records do not have the columns of the file")
                    .at(file)
                    .because("the file has " + head.names().size() + " columns by its first record, and " + counts.bad
                            + " of the first " + (counts.bad + counts.good) + " records have another number of fields")
                    .fix(form.fix())
                    .exception();
        }
    }

    /** Refuses a file of which most lines beyond ASCII are not UTF-8; single bad lines are rejected when they are read. */
    private static void requireEncoding(TextSample sample, String file) {
        byte[] bytes = sample.bytes();
        int firstInvalid = Utf8.firstInvalid(bytes, 0, bytes.length);
        if (firstInvalid < 0) {
            return;
        }
        long lines = 0;
        long beyondAscii = 0;
        long invalid = 0;
        int at = 0;
        while (at < bytes.length) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            boolean cut = end == bytes.length && !sample.isWhole();
            lines++;
            beyondAscii += Utf8.skipAscii(bytes, at, end) < end ? 1 : 0;
            invalid += !cut && Utf8.firstInvalid(bytes, at, end) >= 0 ? 1 : 0;
            at = end + 1;
        }
        if (invalid * 10 > lines || (invalid >= FEW && invalid * 2 > beyondAscii)) {
            throw Problem.of("E_FILE_ENCODING", ProblemKind.CONFIG, "the file is not encoded in UTF-8")
                    .at(file)
                    .because(invalid + " of the first " + lines + " lines hold bytes that are no UTF-8")
                    .fix("set `encoding`, most likely to windows-1252")
                    .exception();
        }
    }

    private static byte[] upToLastLine(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n' && bytes[end - 1] != '\r') {
            end--;
        }
        return end == bytes.length || end == 0 ? bytes : Arrays.copyOf(bytes, end);
    }
}
