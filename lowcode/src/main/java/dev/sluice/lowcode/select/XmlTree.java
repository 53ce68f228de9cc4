package dev.sluice.lowcode.select;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML as maps: attributes under {@code @name}, text under {@code #text}, children that repeat as lists. */
final class XmlTree {
    private static final int MOST_DEPTH = 200;

    private final String attributePrefix;
    private final String textKey;
    private final Set<String> lists;

    private XmlTree(Component decoder) {
        attributePrefix = decoder.text("attribute_prefix", "@");
        textKey = decoder.text("text_key", "#text");
        lists = Set.copyOf(decoder.texts("always_lists"));
    }

    /** The elements that a decoder reads from a document: the document itself, or what lies at its {@code records_path}. */
    static List<Object> elements(Component decoder, byte[] xml) {
        Object tree = new XmlTree(decoder).read(xml);
        List<String> path = decoder.texts("records_path");
        return path.isEmpty() ? List.of(tree) : Dpath.all(tree, path);
    }

    private Object read(byte[] xml) {
        if (xml.length == 0) {
            return new LinkedHashMap<>();
        }
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    // what comes before the outermost element says nothing
                }
                Map<Object, Object> root = new LinkedHashMap<>();
                root.put(reader.getLocalName(), element(reader, 0));
                return root;
            } finally {
                reader.close();
            }
        } catch (XMLStreamException notXml) {
            return new LinkedHashMap<>();
        }
    }

    private Object element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > MOST_DEPTH) {
            throw Fault.limit("XML of more than " + MOST_DEPTH + " levels");
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = reader.getAttributePrefix(i);
            String name = reader.getAttributeLocalName(i);
            boolean bare = prefix == null || prefix.isEmpty() || name.startsWith(prefix + ":");
            map.put(attributePrefix + (bare ? name : prefix + ":" + name), reader.getAttributeValue(i));
        }
        StringBuilder text = new StringBuilder();
        while (true) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = reader.getLocalName();
                add(map, name, element(reader, depth + 1));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                break;
            }
        }
        String content = text.toString().strip();
        if (map.isEmpty()) {
            return content.isEmpty() ? None.NONE : content;
        }
        if (!content.isEmpty()) {
            map.put(textKey, content);
        }
        return map;
    }

    private void add(Map<Object, Object> map, String name, Object value) {
        Object before = map.get(name);
        switch (before) {
            case null -> map.put(name, lists.contains(name) ? new ArrayList<>(List.of(value)) : value);
            case List<?> list -> Values.asList(list).add(value);
            default -> map.put(name, new ArrayList<>(List.of(before, value)));
        }
    }
}
