package dev.sluice.dist.types;

import dev.sluice.dist.types.NativeColumn.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** XML, in which a value is an element and null is none. It is only read. */
final class XmlOrigin extends FileOrigin {
    XmlOrigin(Path folder) {
        super(folder);
    }

    @Override
    public String name() {
        return "xml";
    }

    @Override
    public List<NativeColumn> columns() {
        return TextTypes.xml();
    }

    @Override
    void write(Path file, Content content) throws IOException {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rows>\n");
        int id = 1;
        for (List<@Nullable Sample> row : content.rows()) {
            text.append("<row>").append(element(ID, String.valueOf(id++)));
            for (int i = 0; i < row.size(); i++) {
                Sample sample = row.get(i);
                if (sample != null) {
                    String value = sample.quoted() ? escaped(sample.input()) : sample.input();
                    text.append(element(content.names().get(i), value));
                }
            }
            text.append("</row>\n");
        }
        Files.writeString(file, text.append("</rows>\n"));
    }

    private static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }

    /** A carriage return that stands as it is would be taken for the end of a line. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;");
    }
}
