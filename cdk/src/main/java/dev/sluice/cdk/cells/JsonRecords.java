package dev.sluice.cdk.cells;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonText;
import dev.sluice.cdk.text.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts the values of records into blocks of cells. One thread uses it. */
public final class JsonRecords implements JsonObjects.Visitor {
    private final JsonColumns columns;
    private final JsonObjects objects = new JsonObjects();

    /** For each column the number of the record that had its key last. */
    private final long[] seenIn;

    /** The columns in the order of the last record's keys: most records have the same order. */
    private int[] order;

    private long record;
    private int position;
    private int firstCell;
    private CellBlock block = new CellBlock(0);
    private byte[] text = {};

    /** The unknown keys of the current record: four places each. */
    private int[] unknown = new int[16];

    private int unknownCount;

    /**
     * Prepares to read records.
     *
     * @param columns where the values of their keys go
     */
    public JsonRecords(JsonColumns columns) {
        this.columns = columns;
        this.seenIn = new long[columns.size()];
        this.order = new int[Math.max(1, columns.size())];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    /**
     * Adds a record that lies between two places of the block's data.
     *
     * @param target the block
     * @param from where its text begins
     * @param to where its text ends
     * @param next where the next record begins
     */
    public void add(CellBlock target, int from, int to, int next) {
        begin(target);
        end(objects.walk(text, from, to, this), to, next);
    }

    /**
     * Adds a record whose members were found before.
     *
     * @param target the block, in whose data they lie
     * @param members where they lie
     * @param first the number of the record's first member
     * @param last the number behind its last one
     * @param to where the record's text ends
     */
    public void add(CellBlock target, JsonMembers members, int first, int last, int to) {
        begin(target);
        int[] places = members.places();
        Flaw flaw = null;
        for (int at = first * JsonMembers.WIDTH;
                flaw == null && at < last * JsonMembers.WIDTH;
                at += JsonMembers.WIDTH) {
            flaw = field(places[at], places[at + 1], places[at + 2], places[at + 3], places[at + 4]);
        }
        end(flaw, to, to);
    }

    private void begin(CellBlock target) {
        block = target;
        text = target.data();
        block.reserve(1);
        firstCell = block.nextCell();
        for (int column = 0; column < columns.size(); column++) {
            block.cell(firstCell + column, 0, 0, (byte) 0);
        }
        record++;
        position = 0;
        unknownCount = 0;
    }

    private void end(@Nullable Flaw found, int to, int next) {
        Flaw flaw = found;
        if (flaw == null && unknownCount > 0) {
            flaw = addUnknown();
        }
        if (flaw == null) {
            block.endRow(to, next);
        } else {
            block.endFlawedRow(to, next, flaw);
        }
    }

    @Override
    public @Nullable Flaw field(int keyFrom, int keyTo, int from, int to) {
        return field(keyFrom, keyTo, from, to, 0);
    }

    private @Nullable Flaw field(int keyFrom, int keyTo, int from, int to, int known) {
        int column = column(keyFrom, keyTo);
        if (column < 0) {
            return noteUnknown(keyFrom, keyTo, from, to);
        }
        if (seenIn[column] == record) {
            return Flaw.DUPLICATE_KEY;
        }
        seenIn[column] = record;
        return value(column, from, to, known);
    }

    private int column(int keyFrom, int keyTo) {
        int place = position;
        if (place < order.length) {
            position++;
            int likely = order[place];
            if (likely != columns.extra() && columns.isNamed(likely, text, keyFrom, keyTo)) {
                return likely;
            }
        }
        String key = key(keyFrom, keyTo);
        Integer column = key == null ? null : columns.find(key);
        if (column == null) {
            return -1;
        }
        if (place < order.length) {
            order[place] = column;
        }
        return column;
    }

    /** The key as text, or null if it is none. */
    private @Nullable String key(int from, int to) {
        ByteSink out = new ByteSink(to - from);
        return JsonText.unescape(out, text, from, to) ? out.toString() : null;
    }

    private @Nullable Flaw value(int column, int from, int to, int known) {
        JsonColumns.Takes takes = columns.takes(column);
        int first = text[from];
        boolean isNull = first == 'n';
        if (isNull || takes == JsonColumns.Takes.NOTHING) {
            return null;
        }
        int cell = firstCell + column;
        if (takes == JsonColumns.Takes.RAW || (takes == JsonColumns.Takes.LIST && first == '[')) {
            block.cell(cell, from, to, (known & JsonMembers.ASCII) != 0 ? CellBlock.VALID : (byte) 0);
            return null;
        }
        if (takes == JsonColumns.Takes.LIST) {
            listOfOne(cell, from, to);
            return null;
        }
        if (first == '{' || first == '[') {
            return misfit(column);
        }
        if (first == '"') {
            return takes == JsonColumns.Takes.BARE ? misfit(column) : string(cell, from + 1, to - 1, known);
        }
        if (takes == JsonColumns.Takes.QUOTED) {
            return misfit(column);
        }
        block.cell(cell, from, to, (byte) 0);
        return null;
    }

    /** A value of another kind than its column takes. */
    private @Nullable Flaw misfit(int column) {
        if (!block.annotates()) {
            return Flaw.VALUE_DOES_NOT_FIT;
        }
        block.nulls(block.rows(), column, Flaw.VALUE_DOES_NOT_FIT);
        return null;
    }

    private void listOfOne(int cell, int from, int to) {
        ByteSink side = block.side();
        int start = side.size();
        side.put('[');
        side.put(text, from, to - from);
        side.put(']');
        block.cell(cell, start, side.size(), CellBlock.SIDE);
    }

    private @Nullable Flaw string(int cell, int from, int to, int known) {
        if ((known & JsonMembers.PLAIN) != 0) {
            boolean isAscii = (known & JsonMembers.ASCII) != 0;
            block.cell(cell, from, to, isAscii ? CellBlock.QUOTED | CellBlock.VALID : CellBlock.QUOTED);
            return null;
        }
        if (JsonText.skipPlain(text, from, to) == to) {
            block.cell(cell, from, to, CellBlock.QUOTED);
            return null;
        }
        ByteSink side = block.side();
        int start = side.size();
        if (!JsonText.unescape(side, text, from, to)) {
            return Flaw.INVALID_TEXT;
        }
        block.cell(cell, start, side.size(), (byte) (CellBlock.QUOTED | CellBlock.SIDE));
        return null;
    }

    private @Nullable Flaw noteUnknown(int keyFrom, int keyTo, int from, int to) {
        if (columns.extra() < 0) {
            return Flaw.UNKNOWN_KEY;
        }
        if (Utf8.firstInvalid(text, keyFrom, keyTo) >= 0) {
            return Flaw.INVALID_TEXT;
        }
        for (int i = 0; i < unknownCount; i += 4) {
            if (Arrays.equals(text, unknown[i], unknown[i + 1], text, keyFrom, keyTo)) {
                return Flaw.DUPLICATE_KEY;
            }
        }
        if (unknownCount == unknown.length) {
            unknown = Arrays.copyOf(unknown, unknown.length * 2);
        }
        unknown[unknownCount++] = keyFrom;
        unknown[unknownCount++] = keyTo;
        unknown[unknownCount++] = from;
        unknown[unknownCount++] = to;
        return null;
    }

    /** Writes the unknown keys and their values as an object into the extra column. */
    private @Nullable Flaw addUnknown() {
        if (columns.takes(columns.extra()) == JsonColumns.Takes.NOTHING) {
            return null;
        }
        ByteSink side = block.side();
        int start = side.size();
        int separator = '{';
        for (int i = 0; i < unknownCount; i += 4) {
            side.put(separator);
            side.put('"');
            side.put(text, unknown[i], unknown[i + 1] - unknown[i]);
            side.put('"');
            side.put(':');
            side.put(text, unknown[i + 2], unknown[i + 3] - unknown[i + 2]);
            separator = ',';
        }
        side.put('}');
        block.cell(firstCell + columns.extra(), start, side.size(), CellBlock.SIDE);
        return null;
    }
}
