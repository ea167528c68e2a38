SwaggerUIBundle({
  url: '../openapi',
  dom_id: '#viewer',
  deepLinking: true,
  validatorUrl: null // it would be asked on the Internet
});
