package dev.sluice.connector.file.excel;

import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.connector.file.xml.XmlEvents;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** An open workbook: its sheets, and what their cells share. One thread uses it. */
final class Workbook implements AutoCloseable {
    private static final int PART_BYTES = 1 << 20;
    private static final int MOST_SHEETS = 10_000;

    private final Parts parts;
    private final String file;
    private final String main;
    private final List<Sheet> sheets = new ArrayList<>();
    private final Map<String, Relation> relations;
    private boolean since1904;

    /** A sheet by its name, and the part that it is. */
    private record Sheet(String name, String part, boolean hidden) {}

    /** Where a relation leads, and what is there. */
    private record Relation(String type, String part) {
        boolean isA(String kind) {
            return type.endsWith("/" + kind);
        }
    }

    private Workbook(Parts parts, String file) throws IOException {
        this.parts = parts;
        this.file = file;
        this.main = relations("").values().stream()
                .filter(relation -> relation.isA("officeDocument"))
                .map(Relation::part)
                .findFirst()
                .orElseThrow(() -> new DamagedFileException("the archive holds no workbook"));
        if (main.endsWith(".bin")) {
            throw Problem.of("E_FILE_FORMAT", ProblemKind.CONFIG, "the file is a binary workbook, which is not read")
                    .at(file)
                    .fix("save it as .xlsx")
                    .exception();
        }
        this.relations = relations(main);
        readSheets();
    }

    /**
     * Opens a workbook.
     *
     * @param file the file in words, for messages
     */
    static Workbook open(Path path, String file) throws IOException {
        Parts parts = Parts.open(path, file);
        boolean opened = false;
        try {
            Workbook workbook = new Workbook(parts, file);
            opened = true;
            return workbook;
        } finally {
            if (!opened) {
                parts.close();
            }
        }
    }

    /** The relations of a part by their names; those of the archive itself for an empty name. */
    private Map<String, Relation> relations(String part) throws IOException {
        int slash = part.lastIndexOf('/');
        String folder = part.substring(0, slash + 1);
        Map<String, Relation> found = new HashMap<>();
        String name = folder + "_rels/" + part.substring(slash + 1) + ".rels";
        try (XmlEvents events = parts.open(name, PART_BYTES)) {
            for (int event = events.next(); event != XMLStreamConstants.END_DOCUMENT; event = events.next()) {
                if (event == XMLStreamConstants.START_ELEMENT
                        && events.at().getLocalName().equals("Relationship")
                        && found.size() < MOST_SHEETS) {
                    XMLStreamReader at = events.at();
                    String target = String.valueOf(at.getAttributeValue(null, "Target"));
                    found.put(
                            String.valueOf(at.getAttributeValue(null, "Id")),
                            new Relation(String.valueOf(at.getAttributeValue(null, "Type")), resolved(folder, target)));
                }
            }
        }
        return found;
    }

    private static String resolved(String folder, String target) {
        String path = target.startsWith("/") ? target.substring(1) : folder + target;
        return Path.of(path).normalize().toString().replace('\\', '/');
    }

    private void readSheets() throws IOException {
        try (XmlEvents events = parts.open(main, PART_BYTES)) {
            for (int event = events.next(); event != XMLStreamConstants.END_DOCUMENT; event = events.next()) {
                if (event != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                XMLStreamReader at = events.at();
                if (at.getLocalName().equals("workbookPr")) {
                    String system = String.valueOf(at.getAttributeValue(null, "date1904"));
                    since1904 = system.equals("1") || system.equals("true");
                } else if (at.getLocalName().equals("sheet") && sheets.size() < MOST_SHEETS) {
                    addSheet(at);
                }
            }
        }
    }

    private void addSheet(XMLStreamReader at) {
        @Nullable String id = null;
        for (int i = 0; i < at.getAttributeCount(); i++) {
            if (at.getAttributeLocalName(i).equals("id")) {
                id = at.getAttributeValue(i);
            }
        }
        @Nullable Relation relation = relations.get(id);
        // Charts are sheets too, of another kind.
        if (relation != null && relation.isA("worksheet")) {
            boolean hidden = at.getAttributeValue(null, "state") != null
                    && !"visible".equals(at.getAttributeValue(null, "state"));
            sheets.add(new Sheet(String.valueOf(at.getAttributeValue(null, "name")), relation.part, hidden));
        }
    }

    /** True if days are counted from 1904 on. */
    boolean since1904() {
        return since1904;
    }

    /**
     * Opens a sheet.
     *
     * @param wanted its name, or its number counted from 1; empty for the first one that is shown
     * @param mostBytes the most bytes of a row
     */
    XmlEvents sheet(String wanted, int mostBytes) throws IOException {
        return parts.open(find(wanted).part, mostBytes);
    }

    private Sheet find(String wanted) {
        if (wanted.isEmpty()) {
            return sheets.stream()
                    .filter(sheet -> !sheet.hidden)
                    .findFirst()
                    .or(() -> sheets.stream().findFirst())
                    .orElseThrow(() -> noSheet("the workbook has no sheet of cells"));
        }
        for (Sheet sheet : sheets) {
            if (sheet.name.equalsIgnoreCase(wanted)) {
                return sheet;
            }
        }
        if (wanted.matches("\\d{1,5}")) {
            int number = Integer.parseInt(wanted);
            if (number >= 1 && number <= sheets.size()) {
                return sheets.get(number - 1);
            }
        }
        throw noSheet("the workbook has no sheet " + wanted);
    }

    private ProblemException noSheet(String message) {
        return Problem.of("E_EXCEL_SHEET", ProblemKind.CONFIG, message)
                .at(file)
                .because("its sheets are "
                        + String.join(", ", sheets.stream().map(Sheet::name).toList()))
                .fix("give the name of a sheet, or its number counted from 1, in `sheet`")
                .exception();
    }

    /** The texts that cells share. */
    Strings strings() throws IOException {
        @Nullable String part = related("sharedStrings");
        if (part == null) {
            return new Strings();
        }
        try (XmlEvents events = parts.open(part, PART_BYTES)) {
            return Strings.read(events);
        }
    }

    /** What the numbers of cells stand for. */
    NumberFormats formats() throws IOException {
        @Nullable String part = related("styles");
        if (part == null) {
            return NumberFormats.none();
        }
        try (XmlEvents events = parts.open(part, PART_BYTES)) {
            return NumberFormats.read(events);
        }
    }

    private @Nullable String related(String kind) {
        return relations.values().stream()
                .filter(relation -> relation.isA(kind) && parts.has(relation.part))
                .map(Relation::part)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
