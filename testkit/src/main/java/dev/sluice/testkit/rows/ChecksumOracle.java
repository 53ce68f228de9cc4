package dev.sluice.testkit.rows;

import dev.sluice.spi.source.ChecksumForm;
import dev.sluice.spi.source.ChecksumRead;
import dev.sluice.spi.source.Checksums;
import dev.sluice.spi.type.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts and sums rows as {@link Checksums} defines it, written apart from every connector so that it can judge them. */
public final class ChecksumOracle {
    private ChecksumOracle() {}

    /**
     * The checksums of rows.
     *
     * @param read what is summed; its columns are the fields of the rows, in order
     * @param types the types of the fields
     * @param rows the rows
     */
    public static Checksums of(ChecksumRead read, List<DataType> types, List<Row> rows) {
        Map<Integer, Checksums.Group> groups = new HashMap<>();
        for (Row row : rows) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                texts.add(ended(read.columns().get(i), types.get(i), row.value(i)));
            }
            StringBuilder key = new StringBuilder();
            read.key().forEach(place -> key.append(texts.get(place)));
            int group = Integer.parseInt(md5(key.toString()).substring(0, 3), 16);
            long sum = Long.parseUnsignedLong(md5(String.join("", texts)).substring(0, 16), 16);
            groups.merge(
                    group,
                    new Checksums.Group(group, 1, sum),
                    (one, other) -> new Checksums.Group(group, one.rows() + other.rows(), one.sum() + other.sum()));
        }
        return new Checksums(List.copyOf(groups.values()));
    }

    private static String ended(ChecksumRead.Column column, DataType type, @Nullable String value) {
        if (value == null) {
            return "~;";
        }
        String text = text(column, type, value).orElseThrow();
        boolean free = column.form() == ChecksumForm.TEXT || column.form() == ChecksumForm.JSON;
        return (free ? text.codePointCount(0, text.length()) + ":" : "") + text + ";";
    }

    /**
     * How a value is written in a form.
     *
     * @param value its canonical text
     * @return empty if the form leaves it to the database
     */
    public static Optional<String> text(ChecksumRead.Column column, DataType type, String value) {
        return switch (column.form()) {
            case TRUTH -> Optional.of(value.equals("true") ? "1" : "0");
            case NUMBER -> Optional.of(number(type, value));
            case DOUBLE ->
                Optional.of(HexFormat.of().toHexDigits(Double.doubleToLongBits(Double.parseDouble(value) + 0.0)));
            case SINGLE ->
                Optional.of(HexFormat.of().toHexDigits(Float.floatToIntBits(Float.parseFloat(value) + 0.0f)));
            case TEXT, HEX, UUID -> Optional.of(value);
            case JSON -> Optional.empty();
            case DATE ->
                value.matches("\\d{4}-.*") && !value.startsWith("0000") ? Optional.of(value) : Optional.empty();
            case TIME -> Optional.of(cut(value, column.fraction()));
            case MOMENT ->
                value.matches("\\d{4}-.*") && !value.startsWith("0000")
                        ? Optional.of(cut(value.replace("Z", "").replace('T', ' '), column.fraction()))
                        : Optional.empty();
        };
    }

    private static String number(DataType type, String value) {
        if (type instanceof DataType.BoolType) {
            return value.equals("true") ? "1" : "0";
        }
        if (value.equals("NaN") || value.endsWith("Infinity")) {
            return value;
        }
        BigDecimal number = new BigDecimal(value).stripTrailingZeros();
        return number.signum() == 0 ? "0" : number.toPlainString();
    }

    private static String cut(String time, int digits) {
        int dot = time.indexOf('.');
        String whole = dot < 0 ? time : time.substring(0, dot);
        String fraction = (dot < 0 ? "" : time.substring(dot + 1)) + "000000";
        return digits == 0 ? whole : whole + "." + fraction.substring(0, digits);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
