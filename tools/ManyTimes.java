import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every person of a folder of Parquet tables so many times over, each copy with ids of its own. For {@code tools/many-times}. */
final class ManyTimes {
    /** References that stay inside a person. Providers, places and concepts are everybody's. */
    private static final Set<String> ABOUT_PERSONS = Set.of(
            "person_id",
            "visit_occurrence_id",
            "visit_detail_id",
            "preceding_visit_occurrence_id",
            "preceding_visit_detail_id",
            "parent_visit_detail_id");

    /** More than any id of the folder, so that no two copies meet. */
    private static final long BETWEEN_COPIES = 100_000_000;

    private ManyTimes() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        Path from = Path.of(arguments[0]);
        int times = Integer.parseInt(arguments[1]);
        Path to = Files.createDirectories(Path.of(arguments[2]));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".parquet")).sorted().toList()) {
                String name = file.getFileName().toString();
                String table = name.substring(0, name.length() - ".parquet".length());
                statement.execute("COPY (" + copies(columns(statement, file), table, file, times) + ") TO '"
                        + to.resolve(name) + "' (FORMAT parquet, COMPRESSION zstd)");
            }
        }
    }

    private static String copies(List<String> columns, String table, Path file, int times) {
        if (!columns.contains("person_id")) {
            return "SELECT * FROM '" + file + "'";
        }
        String list = columns.stream()
                .map(column -> ABOUT_PERSONS.contains(column) || column.equals(table + "_id")
                        ? column + " + copy * " + BETWEEN_COPIES + "::BIGINT AS " + column
                        : column)
                .collect(Collectors.joining(", "));
        return "SELECT " + list + " FROM '" + file + "', range(" + times + ") copies(copy) ORDER BY copy, person_id";
    }

    private static List<String> columns(Statement statement, Path file) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM '" + file + "'")) {
            while (rows.next()) {
                columns.add(rows.getString("column_name"));
            }
        }
        return columns;
    }
}
