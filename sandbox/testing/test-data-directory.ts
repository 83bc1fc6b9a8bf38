/** Where test runs keep their pool and images: apart from a running course, and kept from run to run because baking is slow. */
export const testDataDirectory = process.env['SCHOTT_TEST_DATA'] ?? '/var/lib/schott-test';
