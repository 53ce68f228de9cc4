package dev.sluice.airbyte.message;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonText;
import dev.sluice.cdk.text.ValueWriter;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Layout;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the values of one field as JSON. One thread uses it. */
final class RecordValue {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.ISO_8859_1);

    private final Notation notation;
    private final ValueWriter writer;
    private @Nullable Column column;
    private boolean gaps;

    /** What stands around the text of a value. */
    private enum Notation {
        BARE,
        /** A number that may be none, such as NaN. */
        FLOAT,
        DIGITS,
        DECIMAL,
        /** Without any character that JSON would want escaped. */
        QUOTED,
        TEXT,
        BASE64,
        DOCUMENT
    }

    private RecordValue(Notation notation, ValueWriter writer) {
        this.notation = notation;
        this.writer = writer;
    }

    static RecordValue of(DataType type) {
        return new RecordValue(notation(type), ValueWriter.of(type));
    }

    private static Notation notation(DataType type) {
        return switch (type) {
            case DataType.BoolType _ -> Notation.BARE;
            case DataType.IntType _ -> Notation.BARE;
            case DataType.DecimalType decimal -> decimal.layout() == Layout.BYTES ? Notation.DIGITS : Notation.DECIMAL;
            case DataType.FloatType _ -> Notation.FLOAT;
            case DataType.TextType _ -> Notation.TEXT;
            case DataType.UnknownType _ -> Notation.TEXT;
            case DataType.BinaryType _ -> Notation.BASE64;
            case DataType.UuidType _ -> Notation.QUOTED;
            case DataType.DateType _ -> Notation.QUOTED;
            case DataType.TimeType _ -> Notation.QUOTED;
            case DataType.TimestampType _ -> Notation.QUOTED;
            case DataType.JsonType _ -> Notation.DOCUMENT;
            case DataType.ArrayType _ -> Notation.DOCUMENT;
            case DataType.ObjectType _ -> Notation.DOCUMENT;
        };
    }

    /** True if JSON knows all values of the type. */
    boolean alwaysFits() {
        return notation != Notation.FLOAT && notation != Notation.DIGITS && notation != Notation.DECIMAL;
    }

    void bind(Column next) {
        column = next;
        gaps = next.hasNulls() || next.hasUnchanged();
    }

    private Column bound() {
        return Objects.requireNonNull(column);
    }

    /** True if JSON knows the value, or if there is none. */
    boolean fits(int row) {
        if (gaps && !bound().isPresent(row)) {
            return true;
        }
        return switch (notation) {
            case FLOAT -> Double.isFinite(((DoubleColumn) bound()).values()[row]);
            case DIGITS -> isNumber((BytesColumn) bound(), row);
            case DECIMAL -> !isNotANumber(bound(), row);
            case BARE, QUOTED, TEXT, BASE64, DOCUMENT -> true;
        };
    }

    /** In columns of a fixed scale one value stands for what is no number. */
    private static boolean isNotANumber(Column decimals, int row) {
        long held = decimals instanceof WideColumn wide ? wide.high(row) : ((LongColumn) decimals).values()[row];
        return held == DataType.DecimalType.NAN;
    }

    private static boolean isNumber(BytesColumn text, int row) {
        int length = text.length(row);
        byte last = length == 0 ? 0 : text.data()[text.start(row) + length - 1];
        return last >= '0' && last <= '9';
    }

    void append(ByteSink out, int row) {
        if ((gaps && !bound().isPresent(row)) || !(alwaysFits() || fits(row))) {
            out.put(NULL);
            return;
        }
        switch (notation) {
            case BARE, FLOAT, DIGITS, DECIMAL -> writer.write(bound(), row, out);
            case QUOTED -> {
                out.put('"');
                writer.write(bound(), row, out);
                out.put('"');
            }
            case TEXT -> {
                BytesColumn text = (BytesColumn) bound();
                JsonText.appendString(out, text.data(), text.start(row), text.start(row) + text.length(row));
            }
            case BASE64 -> {
                out.put('"');
                out.put(Base64.getEncoder().encode(((BytesColumn) bound()).copy(row)));
                out.put('"');
            }
            case DOCUMENT -> document((BytesColumn) bound(), row, out);
        }
    }

    /** A document may have line breaks between its parts, and a message may not. */
    private static void document(BytesColumn json, int row, ByteSink out) {
        int begin = out.size();
        out.put(json.data(), json.start(row), json.length(row));
        byte[] written = out.bytes();
        for (int at = begin; at < out.size(); at++) {
            if (written[at] == '\n' || written[at] == '\r') {
                written[at] = ' ';
            }
        }
    }
}
