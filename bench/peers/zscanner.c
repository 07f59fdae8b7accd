/* Reads a zone file with libzscanner, as kzonecheck does, and adds up what it read.
 *
 * zs_set_input_file maps the file, so its pages count as memory of this process.
 *
 * libzscanner is GPL-3.0-or-later: compiled against, run, compared with, never distributed.
 */

#include <endian.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libzscanner/scanner.h>

struct sums {
	uint64_t records;
	uint64_t owner_octets;
	uint64_t rdata_octets;
	uint64_t types;
	uint64_t ttls;
	/* Of the octets of owners and RDATA. */
	uint64_t checksum;
};

/* As numbers of eight octets, the least significant first, the last one filled up with zeros. */
static uint64_t sum(const uint8_t *octets, size_t length)
{
	uint64_t total = 0;
	while (length >= sizeof(total)) {
		uint64_t number;
		memcpy(&number, octets, sizeof(number));
		total += le64toh(number);
		octets += sizeof(number);
		length -= sizeof(number);
	}
	uint64_t rest = 0;
	while (length > 0) {
		length--;
		rest = rest << 8 | octets[length];
	}
	return total + rest;
}

static void record(zs_scanner_t *scanner)
{
	struct sums *sums = scanner->process.data;
	sums->records++;
	sums->owner_octets += scanner->r_owner_length;
	sums->rdata_octets += scanner->r_data_length;
	sums->types += scanner->r_type;
	sums->ttls += scanner->r_ttl;
	sums->checksum += sum(scanner->r_owner, scanner->r_owner_length) +
	                  sum(scanner->r_data, scanner->r_data_length);
}

static void error(zs_scanner_t *scanner)
{
	fprintf(stderr, "line %" PRIu64 ": %s\n", scanner->line_counter,
	        zs_strerror(scanner->error.code));
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: zscanner FILE\n");
		return 2;
	}
	/* With its buffers it is too large for the stack. */
	zs_scanner_t *scanner = malloc(sizeof(*scanner));
	struct sums sums = { 0 };
	if (scanner == NULL ||
	    zs_init(scanner, ".", 1, 3600) != 0 ||
	    zs_set_input_file(scanner, argv[1]) != 0 ||
	    zs_set_processing(scanner, record, error, &sums) != 0) {
		fprintf(stderr, "%s cannot be read\n", argv[1]);
		return 1;
	}
	int failed = zs_parse_all(scanner) != 0 || scanner->error.counter != 0;
	zs_deinit(scanner);
	free(scanner);
	printf("records %" PRIu64 ", owner octets %" PRIu64 ", RDATA octets %" PRIu64
	       ", types %" PRIu64 ", TTLs %" PRIu64 ", checksum %" PRIu64 "\n",
	       sums.records, sums.owner_octets, sums.rdata_octets, sums.types, sums.ttls,
	       sums.checksum);
	return failed;
}
