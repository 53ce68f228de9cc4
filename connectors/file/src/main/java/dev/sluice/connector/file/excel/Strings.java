package dev.sluice.connector.file.excel;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.connector.file.xml.XmlEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/** The texts that the cells of a workbook share. */
final class Strings {
    /** All of them are held in memory. */
    private static final int MOST_BYTES = 256 << 20;

    private final ByteSink bytes = new ByteSink(4096);
    private int[] ends = new int[256];
    private int count;

    /** Reads the part with the texts. */
    static Strings read(XmlEvents events) throws IOException {
        Strings strings = new Strings();
        StringBuilder text = new StringBuilder();
        for (int event = events.next(); event != XMLStreamConstants.END_DOCUMENT; event = events.next()) {
            if (event == XMLStreamConstants.START_ELEMENT
                    && events.at().getLocalName().equals("si")) {
                text.setLength(0);
                readText(events, text, MOST_BYTES);
                strings.add(text.toString());
            }
        }
        return strings;
    }

    private void add(String text) throws IOException {
        bytes.put(text.getBytes(StandardCharsets.UTF_8));
        if (bytes.size() > MOST_BYTES) {
            throw new DamagedFileException("its texts have more than " + MOST_BYTES
                    + " bytes, and all of them have to be held" + " in memory; save the sheet as CSV");
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = bytes.size();
    }

    /** Reads the pieces of a text up to the end of the element that begins here; without what tells how they are spoken. */
    static void readText(XmlEvents events, StringBuilder text, int most) throws IOException {
        int depth = 1;
        int spoken = 0;
        boolean inside = false;
        XMLStreamReader at = events.at();
        while (depth > 0) {
            switch (events.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    boolean speech = spoken > 0 || at.getLocalName().equals("rPh");
                    spoken += speech ? 1 : 0;
                    inside = !speech && at.getLocalName().equals("t");
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    spoken -= spoken > 0 ? 1 : 0;
                    inside = false;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (inside) {
                        text.append(at.getTextCharacters(), at.getTextStart(), at.getTextLength());
                    }
                }
                default -> {
                    // It is no text.
                }
            }
            if (text.length() > most) {
                throw new DamagedFileException("a text has more than " + most + " characters");
            }
        }
        unescape(text);
    }

    /** Characters that XML does not have are written as {@code _x0007_}, and an underline that would look so as well. */
    static void unescape(StringBuilder text) {
        int at = text.indexOf("_x");
        while (at >= 0) {
            if (at + 7 <= text.length() && text.charAt(at + 6) == '_' && isHex(text, at + 2)) {
                char character = (char) Integer.parseInt(text.substring(at + 2, at + 6), 16);
                text.replace(at, at + 7, String.valueOf(character));
            }
            at = text.indexOf("_x", at + 1);
        }
    }

    private static boolean isHex(CharSequence text, int from) {
        for (int i = from; i < from + 4; i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return false;
            }
        }
        return true;
    }

    /** Adds a text to a sink; false if there is none of that number. */
    boolean append(long number, ByteSink out) {
        if (number < 0 || number >= count) {
            return false;
        }
        int from = number == 0 ? 0 : ends[(int) number - 1];
        out.put(bytes.bytes(), from, ends[(int) number] - from);
        return true;
    }
}
