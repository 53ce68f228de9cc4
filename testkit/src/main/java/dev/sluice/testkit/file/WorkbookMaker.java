package dev.sluice.testkit.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes workbooks part by part, as ECMA-376 has them or as somebody who means harm. */
public final class WorkbookMaker {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /** A mebibyte of an element that no program knows. */
    private static final String NOTHING = ("<x a='" + " ".repeat(8182) + "'/>").repeat(128);

    private final Map<String, String> parts = new LinkedHashMap<>();
    private int mebibytes;

    private WorkbookMaker() {}

    /** A workbook of one sheet with these rows. */
    public static WorkbookMaker of(String rows) {
        return new WorkbookMaker()
                .part("[Content_Types].xml", "<Types/>")
                .part(
                        "_rels/.rels",
                        "<Relationships><Relationship Id='a' Type='" + OFFICE
                                + "/officeDocument' Target='xl/workbook.xml'/></Relationships>")
                .part(
                        "xl/workbook.xml",
                        "<workbook xmlns='" + MAIN + "' xmlns:r='" + OFFICE
                                + "'><sheets><sheet name='One' sheetId='1' r:id='s'/></sheets></workbook>")
                .part(
                        "xl/_rels/workbook.xml.rels",
                        "<Relationships><Relationship Id='s' Type='" + OFFICE
                                + "/worksheet' Target='/xl/sheet.xml'/><Relationship Id='t' Type='" + OFFICE
                                + "/sharedStrings' Target='texts.xml'/><Relationship Id='u' Type='" + OFFICE
                                + "/styles' Target='styles.xml'/></Relationships>")
                .part(
                        "xl/sheet.xml",
                        "<worksheet xmlns='" + MAIN + "'><sheetData>" + rows + "</sheetData></worksheet>");
    }

    /** The texts that cells share, each as the content of its element. */
    public WorkbookMaker texts(String... texts) {
        return part("xl/texts.xml", "<sst xmlns='" + MAIN + "'><si>" + String.join("</si><si>", texts) + "</si></sst>");
    }

    /** The formats of styles, in order. */
    public WorkbookMaker formats(String... codes) {
        StringBuilder formats = new StringBuilder("<styleSheet xmlns='" + MAIN + "'><numFmts>");
        StringBuilder cells = new StringBuilder("</numFmts><cellXfs>");
        for (int i = 0; i < codes.length; i++) {
            formats.append("<numFmt numFmtId='")
                    .append(200 + i)
                    .append("' formatCode='")
                    .append(codes[i])
                    .append("'/>");
            cells.append("<xf numFmtId='").append(200 + i).append("'/>");
        }
        return part("xl/styles.xml", formats + cells.toString() + "</cellXfs></styleSheet>");
    }

    /** Adds a part, or puts another in place of one. */
    public WorkbookMaker part(String name, String content) {
        parts.put(name, content);
        return this;
    }

    /** Makes the sheet come to so many mebibytes more that mean nothing and take next to nothing in the archive. */
    public WorkbookMaker blownUpBy(int more) {
        mebibytes = more;
        return this;
    }

    /** Writes the workbook; gives back the file. */
    public Path write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream archive = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                archive.putNextEntry(new ZipEntry(part.getKey()));
                String content = part.getValue();
                int begin = Math.max(0, content.indexOf("<sheetData>"));
                archive.write(content.substring(0, begin).getBytes(StandardCharsets.UTF_8));
                for (int i = 0; begin > 0 && i < mebibytes; i++) {
                    archive.write(NOTHING.getBytes(StandardCharsets.UTF_8));
                }
                archive.write(content.substring(begin).getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    /** A cell with a text of its own. */
    public static String text(String place, String text) {
        return "<c r='" + place + "' t='inlineStr'><is><t>" + text + "</t></is></c>";
    }

    /** A cell with a number. */
    public static String number(String place, String number) {
        return "<c r='" + place + "'><v>" + number + "</v></c>";
    }

    /** A cell with any text, written as Excel writes it, at the place that follows. */
    public static String cell(String text) {
        StringBuilder out = new StringBuilder("<c t='inlineStr'><is><t xml:space='preserve'>");
        for (char each : text.replace("_x", "_x005F_x").toCharArray()) {
            switch (each) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default ->
                    out.append(
                            each < ' ' || each >= '\uFFFE'
                                    ? String.format("_x%04X_", (int) each)
                                    : String.valueOf(each));
            }
        }
        return out.append("</t></is></c>").toString();
    }
}
