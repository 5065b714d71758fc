import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a JDBC tool does: arguments are URL and user; stdin is the password, then one statement a line, run in turn.
 *  Prints tab-separated facts, the first field saying which: table, column, row, error, done. */
public class Reader {
    public static void main(String[] arguments) throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.setOut(new java.io.PrintStream(System.out, true, StandardCharsets.UTF_8));
        try (Connection connection = DriverManager.getConnection(arguments[0], arguments[1], input.readLine())) {
            describe(connection.getMetaData());
            for (String statement; (statement = input.readLine()) != null; ) {
                run(connection, statement);
            }
        }
    }

    private static void describe(DatabaseMetaData metadata) throws SQLException {
        try (ResultSet tables = metadata.getTables(null, "mart", "%", new String[] {"TABLE", "VIEW"})) {
            while (tables.next()) {
                print("table", tables.getString("TABLE_NAME"), tables.getString("REMARKS"));
            }
        }
        try (ResultSet columns = metadata.getColumns(null, "mart", "%", "%")) {
            while (columns.next()) {
                print("column", columns.getString("TABLE_NAME"), columns.getString("COLUMN_NAME"),
                    columns.getString("TYPE_NAME"), columns.getString("REMARKS"));
            }
        }
    }

    private static void run(Connection connection, String text) {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(text)) {
                printFirstRow(statement.getResultSet());
            } else {
                print("done", text);
            }
        } catch (SQLException refused) {
            print("error", refused.getSQLState(), text);
        }
    }

    private static void printFirstRow(ResultSet rows) throws SQLException {
        rows.next();
        String[] fields = new String[2 * rows.getMetaData().getColumnCount() + 1];
        fields[0] = "row";
        for (int column = 1; 2 * column < fields.length; column++) {
            fields[2 * column - 1] = rows.getMetaData().getColumnClassName(column);
            fields[2 * column] = rows.getString(column);
        }
        print(fields);
    }

    private static void print(String... fields) {
        System.out.println(String.join("\t", fields));
    }
}
