package dev.sluice.lowcode.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where ports are put, and where they are not. */
class PortsTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/sluice/lowcode/ports");

    private static Component extractor(String className, String address) {
        Manifest manifest =
                Manifest.read("m.yaml", """
                    version: "6.0.0"
                    type: DeclarativeSource
                    check: {type: CheckStream, stream_names: [items]}
                    streams:
                      - type: DeclarativeStream
                        name: items
                        retriever:
                          type: SimpleRetriever
                          requester: {type: HttpRequester, url_base: "ADDRESS", path: /items}
                          record_selector: {type: RecordSelector, extractor: {type: CustomRecordExtractor, class_name: CLASS, field_path: [values]}}
                    """.replace("ADDRESS", address).replace("CLASS", className));
        return manifest.root()
                .all("streams")
                .getFirst()
                .required("retriever")
                .required("record_selector")
                .required("extractor");
    }

    @Test
    void aClassOfAConnectorIsFoundByItsPackage() {
        Component port = extractor("source_jira.components.extractors.LabelsRecordExtractor", "https://any.example");
        assertThat(port.type()).isEqualTo("WrappingExtractor");
        assertThat(port.text("field")).isEqualTo("label");
        assertThat(port.texts("field_path")).containsExactly("values");
        assertThat(port.has("class_name")).isFalse();
    }

    @Test
    void aClassOfTheSharedPackageIsFoundByTheAddressesOfItsManifest() {
        String name = "source_declarative_manifest.components.LabelsRecordExtractor";
        assertThat(extractor(name, "https://{{ config['domain'] }}/rest/api/3/").type())
                .isEqualTo("WrappingExtractor");
        assertThat(extractor(name, "https://labels.example/v1").type()).isEqualTo("CustomRecordExtractor");
    }

    @Test
    void aClassWithoutAPortStaysAndIsNamed() {
        Component other = extractor("source_jira.components.OtherExtractor", "https://any.example");
        assertThat(other.unsupported().problem().code()).isEqualTo("E_CUSTOM_CODE");
        assertThat(other.unsupported().problem().message()).contains("source_jira.components.OtherExtractor");
    }

    /** A manifest cannot reach what only ports are made of. */
    @Test
    void familiesAreNoTypesOfManifests() {
        for (Ports.Connector connector : Ports.all().values()) {
            for (Map.Entry<String, Map<Object, Object>> port :
                    connector.classes().entrySet()) {
                String type = Values.str(Values.member(port.getValue(), "type"));
                assertThat(type).as(connector.name() + " " + port.getKey()).isNotEqualTo("None");
                assertThat(type).doesNotStartWith("Custom");
            }
        }
        assertThat(ComponentTypes.known()).doesNotContain("WrappingExtractor", "TreeRetriever", "AskForRecord");
    }

    @Test
    void theListNamesEveryFile() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList();
            assertThat(Ports.all().keySet()).containsExactlyElementsOf(names);
        }
    }
}
