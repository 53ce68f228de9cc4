package dev.sluice.testkit.file;

import dev.sluice.testkit.contract.TargetContent;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads workbooks as a whole by a parser of their parts, with the days of the system of 1900. */
public final class ExcelReading {
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-F]{4})_");
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private ExcelReading() {}

    /** The rows of the first sheet, each value as its canonical text as far as cells tell what they are. */
    public static TargetContent read(Path file) throws IOException {
        Document sheet = part(file, "xl/worksheets/sheet1.xml");
        List<String> formats = formats(part(file, "xl/styles.xml"));
        NodeList rows = sheet.getElementsByTagName("row");
        List<String> names = new ArrayList<>();
        List<Map<String, @Nullable String>> content = new ArrayList<>();
        for (int i = 0; i < rows.getLength(); i++) {
            Element row = (Element) rows.item(i);
            if (!row.getAttribute("r").equals(Integer.toString(i + 1))) {
                throw new AssertionError(file + ": row " + (i + 1) + " has the number " + row.getAttribute("r"));
            }
            Map<Integer, String> cells = cells(row, formats);
            if (i == 0) {
                names.addAll(cells.values());
                continue;
            }
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            for (int column = 0; column < names.size(); column++) {
                values.put(names.get(column), cells.get(column));
            }
            content.add(values);
        }
        return new TargetContent(names, content);
    }

    private static Document part(Path file, String name) throws IOException {
        try (ZipFile archive = new ZipFile(file.toFile());
                InputStream input = archive.getInputStream(archive.getEntry(name))) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(input);
        } catch (ParserConfigurationException | SAXException malformed) {
            throw new AssertionError(file + ": " + name, malformed);
        }
    }

    private static List<String> formats(Document styles) {
        Map<String, String> codes = new LinkedHashMap<>();
        NodeList formats = styles.getElementsByTagName("numFmt");
        for (int i = 0; i < formats.getLength(); i++) {
            Element format = (Element) formats.item(i);
            codes.put(format.getAttribute("numFmtId"), format.getAttribute("formatCode"));
        }
        List<String> ofStyles = new ArrayList<>();
        NodeList cells = ((Element) styles.getElementsByTagName("cellXfs").item(0)).getElementsByTagName("xf");
        for (int i = 0; i < cells.getLength(); i++) {
            ofStyles.add(codes.getOrDefault(((Element) cells.item(i)).getAttribute("numFmtId"), ""));
        }
        return ofStyles;
    }

    private static Map<Integer, String> cells(Element row, List<String> formats) {
        Map<Integer, String> values = new LinkedHashMap<>();
        NodeList cells = row.getElementsByTagName("c");
        for (int i = 0; i < cells.getLength(); i++) {
            Element cell = (Element) cells.item(i);
            String place = cell.getAttribute("r");
            if (!place.endsWith(row.getAttribute("r"))) {
                throw new AssertionError("the cell " + place + " stands in row " + row.getAttribute("r"));
            }
            int column = 0;
            for (int at = 0; Character.isLetter(place.charAt(at)); at++) {
                column = column * 26 + place.charAt(at) - 'A' + 1;
            }
            values.put(column - 1, value(cell, formats));
        }
        return values;
    }

    private static String value(Element cell, List<String> formats) {
        String text = cell.getTextContent();
        return switch (cell.getAttribute("t")) {
            case "inlineStr" -> {
                if (text.length() > 32_767
                        && ESCAPED.matcher(text).replaceAll("x").length() > 32_767) {
                    throw new AssertionError("Excel would cut a text of " + text.length() + " characters");
                }
                Matcher escaped = ESCAPED.matcher(text);
                yield escaped.replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
            }
            case "b" -> text.equals("1") ? "true" : "false";
            default -> number(text, cell.getAttribute("s"), formats);
        };
    }

    private static String number(String text, String style, List<String> formats) {
        String format = style.isEmpty() ? "" : formats.get(Integer.parseInt(style));
        if (format.isEmpty()) {
            requireKept(text);
            return text;
        }
        BigDecimal serial = new BigDecimal(Double.parseDouble(text));
        long day = serial.setScale(0, RoundingMode.FLOOR).longValueExact();
        // A program that shows it keeps microseconds up to the year 2079, and milliseconds behind it.
        int digits = day < 65_536 ? 6 : 3;
        long micros = serial.subtract(BigDecimal.valueOf(day))
                .multiply(BigDecimal.valueOf(86_400))
                .setScale(digits, RoundingMode.HALF_UP)
                .movePointRight(6)
                .longValueExact();
        LocalDateTime moment =
                LocalDate.of(1899, 12, 30).plusDays(day).atStartOfDay().plus(micros, ChronoUnit.MICROS);
        if (!format.contains("y")) {
            return LocalTime.from(moment).format(TIME);
        }
        return format.contains("h")
                ? moment.toLocalDate() + "T" + moment.toLocalTime().format(TIME)
                : moment.toLocalDate().toString();
    }

    /** Excel has numbers of 64 bits, of which it keeps fifteen digits when it writes them again. */
    private static void requireKept(String text) {
        if (!text.contains("E") && !text.contains(".")) {
            BigDecimal kept = new BigDecimal(String.format(Locale.ROOT, "%.14e", Double.parseDouble(text)));
            if (kept.compareTo(new BigDecimal(text)) != 0) {
                throw new AssertionError("Excel would change " + text);
            }
        }
    }
}
