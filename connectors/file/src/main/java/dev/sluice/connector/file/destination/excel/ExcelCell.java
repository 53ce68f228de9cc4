package dev.sluice.connector.file.destination.excel;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.ValueWriter;
import dev.sluice.connector.file.excel.SerialTime;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes what stands behind the place of a cell, for the values of one type. One thread uses it. */
interface ExcelCell {
    /** Writes a value that is present and fits: the rest of the tag that was begun, and the value. */
    void write(Column column, int row, ByteSink out);

    /** True if a cell can hold a value that is present. */
    default boolean fits(Column column, int row) {
        return true;
    }

    /** What writes the values of a type. */
    static ExcelCell of(DataType type) {
        return switch (type) {
            case DataType.BoolType _ ->
                (column, row, out) -> out.put(
                        ((BoolColumn) column).values()[row] ? " t=\"b\"><v>1</v></c>" : " t=\"b\"><v>0</v></c>");
            case DataType.IntType _, DataType.DecimalType _ -> new Exact(ValueWriter.of(type));
            case DataType.FloatType _ -> new Floating(ValueWriter.of(type));
            case DataType.DateType _ -> new Date(ValueWriter.of(type));
            case DataType.TimeType(int _, boolean zoned) ->
                zoned ? new Text(ValueWriter.of(type)) : new Time(ValueWriter.of(type));
            case DataType.TimestampType(int _, boolean zoned) ->
                zoned ? new Text(ValueWriter.of(type)) : new Moment(ValueWriter.of(type));
            case DataType.BinaryType _ -> new Binary();
            case DataType.UuidType _ -> new Text(ValueWriter.of(type));
            case DataType.TextType _,
                    DataType.UnknownType _,
                    DataType.JsonType _,
                    DataType.ArrayType _,
                    DataType.ObjectType _ -> new Bytes();
        };
    }

    /** Writes a cell with a number. */
    private static void number(ByteSink out, int style, byte[] digits, int length) {
        if (style > 0) {
            out.put(" s=\"" + style + "\"");
        }
        out.put("><v>");
        out.put(digits, 0, length);
        out.put("</v></c>");
    }

    private static void serial(ByteSink out, int style, double number) {
        byte[] digits = Double.toString(number).getBytes(StandardCharsets.ISO_8859_1);
        number(out, style, digits, digits.length);
    }

    /** Values whose text is short and plain. */
    abstract class Canonical implements ExcelCell {
        private final ValueWriter writer;
        private final ByteSink text = new ByteSink(64);

        Canonical(ValueWriter writer) {
            this.writer = writer;
        }

        final ByteSink text(Column column, int row) {
            text.clear();
            writer.write(column, row, text);
            return text;
        }

        final void asText(Column column, int row, ByteSink out) {
            ByteSink plain = text(column, row);
            ExcelText.cell(plain.bytes(), 0, plain.size(), out);
        }
    }

    /** Whatever the type, as text. */
    final class Text extends Canonical {
        Text(ValueWriter writer) {
            super(writer);
        }

        @Override
        public void write(Column column, int row, ByteSink out) {
            asText(column, row, out);
        }
    }

    /** Integers and decimals: numbers as far as Excel keeps their digits. */
    final class Exact extends Canonical {
        Exact(ValueWriter writer) {
            super(writer);
        }

        @Override
        public void write(Column column, int row, ByteSink out) {
            ByteSink text = text(column, row);
            if (isSafe(text)) {
                number(out, 0, text.bytes(), text.size());
            } else {
                ExcelText.cell(text.bytes(), 0, text.size(), out);
            }
        }

        private static boolean isSafe(ByteSink text) {
            int digits = 0;
            for (int i = 0; i < text.size(); i++) {
                byte each = text.bytes()[i];
                boolean digit = each >= '0' && each <= '9';
                if (!digit && each != '.' && each != '-') {
                    return false;
                }
                // Zeros in front count for nothing.
                digits += digit && (digits > 0 || each != '0') ? 1 : 0;
            }
            return digits <= ExcelColumnTypes.MOST_DIGITS;
        }
    }

    /** Floating numbers: Excel has those of 64 bits without the smallest, the largest and those that are none. */
    final class Floating extends Canonical {
        private static final double MOST = 9.99999999999999E307;

        Floating(ValueWriter writer) {
            super(writer);
        }

        @Override
        public void write(Column column, int row, ByteSink out) {
            double magnitude = Math.abs(((DoubleColumn) column).values()[row]);
            if (magnitude == 0 || (magnitude >= Double.MIN_NORMAL && magnitude <= MOST)) {
                ByteSink text = text(column, row);
                number(out, 0, text.bytes(), text.size());
            } else {
                asText(column, row, out);
            }
        }
    }

    /** Days. */
    final class Date extends Canonical {
        private static final long MICROS_A_DAY = 86_400_000_000L;

        Date(ValueWriter writer) {
            super(writer);
        }

        @Override
        public void write(Column column, int row, ByteSink out) {
            int day = ((IntColumn) column).values()[row];
            if (day >= SerialTime.FIRST_SAFE_DAY && day <= SerialTime.LAST_DAY) {
                byte[] digits = Long.toString((long) SerialTime.ofMicros(day * MICROS_A_DAY))
                        .getBytes(StandardCharsets.ISO_8859_1);
                number(out, ExcelParts.DATE_STYLE, digits, digits.length);
            } else {
                asText(column, row, out);
            }
        }
    }

    /** Times of day, in microseconds. */
    final class Time extends Canonical {
        private static final long NANOS_A_DAY = 86_400_000_000_000L;

        Time(ValueWriter writer) {
            super(writer);
        }

        @Override
        public void write(Column column, int row, ByteSink out) {
            long nanos = ((LongColumn) column).values()[row];
            if (nanos % 1000 == 0 && nanos < NANOS_A_DAY) {
                serial(out, ExcelParts.TIME_STYLE, nanos / (double) NANOS_A_DAY);
            } else {
                asText(column, row, out);
            }
        }
    }

    /** Moments without an offset: those that come back from the number as they were. */
    final class Moment extends Canonical {
        private static final long FIRST = SerialTime.FIRST_SAFE_DAY * 86_400_000_000L;
        private static final long BEHIND = (SerialTime.LAST_DAY + 1) * 86_400_000_000L;

        Moment(ValueWriter writer) {
            super(writer);
        }

        @Override
        public void write(Column column, int row, ByteSink out) {
            long micros = column instanceof WideColumn wide ? wide.high(row) : ((LongColumn) column).values()[row];
            long finer = column instanceof WideColumn wide ? wide.low(row) : 0;
            boolean inside = finer == 0 && micros >= FIRST && micros < BEHIND;
            double number = inside ? SerialTime.ofMicros(micros) : 0;
            if (inside && SerialTime.micros(number) == micros) {
                serial(out, ExcelParts.DATE_TIME_STYLE, number);
            } else {
                asText(column, row, out);
            }
        }
    }

    /** Texts and documents as they are. */
    final class Bytes implements ExcelCell {
        @Override
        public void write(Column column, int row, ByteSink out) {
            BytesColumn texts = (BytesColumn) column;
            ExcelText.cell(texts.data(), texts.start(row), texts.start(row) + texts.length(row), out);
        }

        @Override
        public boolean fits(Column column, int row) {
            BytesColumn texts = (BytesColumn) column;
            return ExcelText.fits(texts.data(), texts.start(row), texts.start(row) + texts.length(row));
        }
    }

    /** Bytes in base64. */
    final class Binary implements ExcelCell {
        @Override
        public void write(Column column, int row, ByteSink out) {
            byte[] text = Base64.getEncoder().encode(((BytesColumn) column).copy(row));
            ExcelText.cell(text, 0, text.length, out);
        }

        @Override
        public boolean fits(Column column, int row) {
            return (((BytesColumn) column).length(row) + 2L) / 3 * 4 <= ExcelText.MOST_CHARACTERS;
        }
    }
}
