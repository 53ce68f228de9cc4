package dev.sluice.connector.file.xml;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An element as a value of JSON: a text, or an object of its attributes and children. */
final class XmlElement {
    private static final String OWN_TEXT = "_text";

    private final StringBuilder text = new StringBuilder();

    /** The values of each name; an attribute's is an element too. */
    private final Map<String, List<XmlElement>> fields = new LinkedHashMap<>();

    private boolean nil;

    /** Adds an attribute. */
    void attribute(String name, String value) {
        XmlElement element = new XmlElement();
        element.text.append(value);
        child(name, element);
    }

    /** Adds a child. */
    void child(String name, XmlElement child) {
        fields.computeIfAbsent(name, none -> new ArrayList<>(1)).add(child);
    }

    /** Adds text. */
    void text(char[] characters, int from, int length) {
        text.append(characters, from, length);
    }

    /** Says that the element stands for no value. */
    void nil() {
        nil = true;
    }

    /** Writes the element of a record, which is an object in any case. */
    void writeRecord(ByteSink out) {
        if (fields.isEmpty() && !text.isEmpty()) {
            fields.put(OWN_TEXT, List.of(leaf()));
            text.setLength(0);
        }
        writeObject(out);
    }

    private XmlElement leaf() {
        XmlElement leaf = new XmlElement();
        leaf.text.append(text);
        return leaf;
    }

    private void write(ByteSink out) {
        if (nil && fields.isEmpty()) {
            out.put("null");
        } else if (fields.isEmpty()) {
            JsonText.appendString(out, text.toString());
        } else {
            writeObject(out);
        }
    }

    private void writeObject(ByteSink out) {
        // Blanks between children are there for the eye.
        if (!text.toString().isBlank()) {
            child(OWN_TEXT, leaf());
        }
        out.put('{');
        boolean first = true;
        for (Map.Entry<String, List<XmlElement>> field : fields.entrySet()) {
            if (!first) {
                out.put(',');
            }
            first = false;
            JsonText.appendString(out, field.getKey());
            out.put(':');
            writeValues(field.getValue(), out);
        }
        out.put('}');
    }

    private static void writeValues(List<XmlElement> values, ByteSink out) {
        if (values.size() == 1) {
            values.getFirst().write(out);
            return;
        }
        char before = '[';
        for (XmlElement value : values) {
            out.put(before);
            value.write(out);
            before = ',';
        }
        out.put(']');
    }
}
